-- Who last turned the stop switch of all messages, and when.
alter table notification_setting
  add column stopped_by text,
  add column stopped_at timestamptz;
comment on column notification_setting.stopped_by is 'Who last turned the stop switch, either way; null where nobody has';

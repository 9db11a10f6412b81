-- What a customer was last told of their outage is compared with what is so: a change is worded by what they really heard.

alter table notification
  add column told_until timestamptz,
  add column told_crew text constraint notification_told_crew check (told_crew in ('accepted', 'en_route', 'on_site'));
comment on column notification.told_until is 'The estimate in what the customer got of an outage; null where it had none';
comment on column notification.told_crew is 'How far the crew was in what the customer got of an outage; null where there was none';

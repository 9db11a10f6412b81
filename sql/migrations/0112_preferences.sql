-- Quiet hours of each customer's own.

alter table preference
  add column quiet_from time,
  add column quiet_to time,
  add constraint preference_quiet check ((quiet_from is null) = (quiet_to is null));
comment on column preference.quiet_from is 'Quiet hours of their own, on the network''s clock; without them the utility''s hold';

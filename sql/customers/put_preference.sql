-- Keeps what a customer asks for; null leaves as it is, but for the quiet hours, which $sets_quiet sets or takes away. Index:
-- preference_pkey; one row.
insert into preference (service_point_id, language, by_phone, at_night, quiet_from, quiet_to)
values (
  $service_point_id,
  $language,
  coalesce($by_phone::boolean, true),
  coalesce($at_night::boolean, false),
  $quiet_from::time,
  $quiet_to::time
)
on conflict (service_point_id) do update
set
  language = coalesce($language, preference.language),
  by_phone = coalesce($by_phone::boolean, preference.by_phone),
  at_night = coalesce($at_night::boolean, preference.at_night),
  quiet_from = case when $sets_quiet::boolean then $quiet_from::time else preference.quiet_from end,
  quiet_to = case when $sets_quiet::boolean then $quiet_to::time else preference.quiet_to end
returning
  language,
  by_phone,
  at_night,
  to_char(quiet_from, 'HH24:MI') as quiet_from,
  to_char(quiet_to, 'HH24:MI') as quiet_to

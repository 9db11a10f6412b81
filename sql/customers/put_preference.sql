-- Keeps what a customer asks for at each of their service points, the first of them first; null leaves as it is, but for the quiet
-- hours, which $sets_quiet sets or takes away. Index: preference_pkey; one row a point.
with put as (
  insert into preference (service_point_id, language, by_phone, at_night, quiet_from, quiet_to)
  select
    own.point,
    $language,
    coalesce($by_phone::boolean, true),
    coalesce($at_night::boolean, false),
    $quiet_from::time,
    $quiet_to::time
  from unnest($points::text[]) as own (point)
  on conflict (service_point_id) do update
  set
    language = coalesce($language, preference.language),
    by_phone = coalesce($by_phone::boolean, preference.by_phone),
    at_night = coalesce($at_night::boolean, preference.at_night),
    quiet_from = case when $sets_quiet::boolean then $quiet_from::time else preference.quiet_from end,
    quiet_to = case when $sets_quiet::boolean then $quiet_to::time else preference.quiet_to end
  returning *
)
select
  put.language,
  put.by_phone,
  put.at_night,
  to_char(put.quiet_from, 'HH24:MI') as quiet_from,
  to_char(put.quiet_to, 'HH24:MI') as quiet_to
from put
order by array_position($points::text[], put.service_point_id)

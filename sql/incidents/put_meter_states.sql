-- Keeps the newest word of each meter. Index: meter_state_pkey; up to 10,000 rows.
insert into meter_state (service_point_id, kind, at)
select distinct on (said.service_point_id)
  said.service_point_id,
  said.kind,
  said.at
from unnest($points::text[], $kinds::text[], $instants::timestamptz[]) as said (service_point_id, kind, at)
order by said.service_point_id, said.at desc
on conflict (service_point_id) do update
set
  kind = excluded.kind,
  at = excluded.at
where meter_state.at < excluded.at

-- What a message says of its own customer: the transformer area by name, since when out, since when back.
-- Index: service_point_pkey, interruption_point.
create or replace function notification_facts(point_id text, incident text)
  returns table (place text, since timestamptz, restored timestamptz)
  language sql
  stable
as $$
  select transformer.name, interruption.started_at, interruption.ended_at
  from service_point
  join transformer on transformer.id = service_point.transformer_id
  left join lateral (
    select one.started_at, one.ended_at
    from interruption as one
    where one.service_point_id = point_id
      and one.incident_id = incident
    order by one.started_at desc, one.id desc
    limit 1
  ) as interruption on true
  where service_point.id = point_id
$$;

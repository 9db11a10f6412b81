-- What a message says of its own customer: the transformer area by name, since when out, since when back, and whether that
-- is verified.
-- Index: service_point_pkey, interruption_point.
drop function if exists notification_facts(text, text);
create or replace function notification_facts(point_id text, incident text)
  returns table (place text, since timestamptz, restored timestamptz, verified boolean)
  language sql
  stable
as $$
  select transformer.name, interruption.started_at, interruption.ended_at, coalesce(interruption.verified, false)
  from service_point
  join transformer on transformer.id = service_point.transformer_id
  left join lateral (
    select one.started_at, one.ended_at, told.verified_at is not null as verified
    from interruption as one
    join incident as told on told.id = one.incident_id
    where one.service_point_id = point_id
      and incident is not null
      -- Of one outage that goes on under another incident's name no message is lost that was owed under the first.
      and (one.incident_id = incident or one.ended_at is null)
    order by one.incident_id = incident desc, one.started_at desc, one.id desc
    limit 1
  ) as interruption on true
  where service_point.id = point_id
$$;

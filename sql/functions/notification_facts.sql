-- What a message says of its own customer and of the matter's incident: the transformer area by name, since when out, since when back,
-- and whether that is verified.
-- Index: service_point_pkey, interruption_point.
drop function if exists notification_facts(text, text);
create or replace function notification_facts(point_id text, incident text)
  returns table (since timestamptz, restored timestamptz, verified boolean)
  language sql
  stable
as $$
  select one.started_at, one.ended_at, told.verified_at is not null
  from interruption as one
  join incident as told on told.id = one.incident_id
  where one.service_point_id = point_id
    and incident is not null
    -- Of one outage that goes on under another incident's name no message is lost that was owed under the first.
    and (one.incident_id = incident or one.ended_at is null)
  order by one.incident_id = incident desc, one.started_at desc, one.id desc
  limit 1
$$;

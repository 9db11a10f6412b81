-- How near the estimates told were, for each incident restored in a period: the first one told and the last one before supply
-- was back. Index: event_log_incident; one row.
with told as (
  select
    incident.restored_at,
    first_told.estimate as first_one,
    last_told.estimate as last_one
  from incident
  cross join lateral (
    select event.data -> 'estimate' as estimate
    from event_log as event
    where event.incident_id = incident.id
      and event.name = 'incident'
      and event.at < incident.restored_at
      and event.data -> 'estimate' ->> 'at' is not null
    order by event.seq
    limit 1
  ) as first_told
  cross join lateral (
    select event.data -> 'estimate' as estimate
    from event_log as event
    where event.incident_id = incident.id
      and event.name = 'incident'
      and event.at < incident.restored_at
      and event.data -> 'estimate' ->> 'at' is not null
    order by event.seq desc
    limit 1
  ) as last_told
  where incident.restored_at >= $from::timestamptz
    and incident.restored_at < $to::timestamptz
    and incident.status in ('restored', 'closed')
    and incident.merged_into is null
)
select
  count(*)::integer as incidents,
  (avg(abs(extract(epoch from (told.first_one ->> 'at')::timestamptz - told.restored_at))) / 60)::float8 as first_error_min,
  (avg(abs(extract(epoch from (told.last_one ->> 'at')::timestamptz - told.restored_at))) / 60)::float8 as last_error_min,
  count(*) filter (
    where told.restored_at between (told.first_one ->> 'low')::timestamptz and (told.first_one ->> 'high')::timestamptz
  )::integer as inside,
  count(*) filter (where told.restored_at <= (told.first_one ->> 'at')::timestamptz)::integer as kept
from told

-- Owes a matter to every service point of an incident: those out ($ended false) or those back ($ended true), by the ways of
-- ways_to. Whoever was told before gets no row, unless one of the $opposites was told them since: the news of an outage goes again to whoever
-- heard that supply is back and is out after all. The matter is locked by its opening, so looking first is safe, and half as dear as a
-- conflict a row. Index: interruption_incident, notification_customer; 20,000 rows for a feeder.
with own as materialized (
  -- Apart from whether each has ended: an index of all open ones would be read whole for it.
  select
    interruption.service_point_id,
    interruption.started_at,
    interruption.ended_at
  from interruption
  where interruption.incident_id = $incident_id
),
told as materialized (
  select own.service_point_id as id, max(own.started_at) as out_since
  from own
  where (own.ended_at is not null) = $ended
  group by own.service_point_id
),
way as (
  select ways.*, told.out_since
  from ways_to(array(select told.id from told), $now::timestamptz, $timezone, $quiet_until::timestamptz) as ways
  join told on told.id = ways.service_point_id
)
insert into notification (matter_id, service_point_id, channel, language, recipient, state, created_at, next_try_at)
select
  $matter_id,
  way.service_point_id,
  way.channel,
  way.language,
  way.recipient,
  way.state,
  $now,
  way.due_at
from way
-- An aggregate a customer is one short walk of an index each: planned as a join it reads all messages ever owed, 0.2 s a time in a storm.
cross join lateral (
  select
    bool_or(earlier.matter_id = $matter_id) as is_in_matter,
    max(earlier.id) filter (where earlier.kind = $kind) as same_id,
    max(earlier.id) filter (where earlier.kind = any ($opposites::text[])) as opposite_id
  from (
    select
      notification.id,
      notification.matter_id,
      -- An incident that was swallowed by another goes on under its name: nobody hears of the same outage twice. Of a return they
      -- hear from each incident.
      case
        when $opposites::text[] is not null and notification.created_at >= way.out_since then (
          select matter.kind
          from matter
          where matter.id = notification.matter_id
            and ($kind = 'outage_known' or matter.incident_id = $incident_id)
        )
      end as kind
    from notification
    where notification.service_point_id = way.service_point_id
      and notification.channel = way.channel
  ) as earlier
) as heard
where heard.is_in_matter is not true
  and (heard.same_id is null or heard.same_id < heard.opposite_id)
order by way.service_point_id

-- Owes a matter to every service point of an incident: those out ($ended false) or those back ($ended true), by the ways of
-- ways_to. Whoever was told before gets no row; the matter is locked by its opening, so looking first is safe, and half as
-- dear as a conflict a row. Index: interruption_incident, notification_customer; 20,000 rows for a feeder.
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
-- A limit keeps this one short walk of an index a customer: planned as a join it reads all messages ever owed, 0.2 s a time in a storm.
left join lateral (
  select true as is_told
  from notification as earlier
  where earlier.service_point_id = way.service_point_id
    and earlier.channel = way.channel
    and (
      earlier.matter_id = $matter_id
      -- An incident that was swallowed by another goes on under its name: nobody hears of the same outage twice.
      or (
        $once_an_interruption
        and earlier.created_at >= way.out_since
        and (select matter.kind from matter where matter.id = earlier.matter_id) = $kind
      )
    )
  limit 1
) as heard on true
where heard.is_told is null
order by way.service_point_id

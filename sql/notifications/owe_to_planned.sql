-- Owes a matter to every service point of the transformers of a planned outage, by the ways of ways_to. Nobody hears the same kind
-- of news of the same start twice, though the matter may be another one where parts end at different times; with $told_of only
-- those whom one of these outages was told to. Index: service_point_transformer, notification_customer, notification_once,
-- interruption_one_open;
-- 20,000 rows for a feeder.
with way as (
  select ways.*
  from ways_to(
    array(select service_point.id from service_point where service_point.transformer_id = any ($transformers::text[])),
    $now::timestamptz,
    $timezone,
    $quiet_until::timestamptz
  ) as ways
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
where not exists (
  select
  from notification as told
  join matter on matter.id = told.matter_id
  where told.service_point_id = way.service_point_id
    and told.channel = way.channel
    and matter.planned_outage_id = $planned_outage_id
    and (
      told.matter_id = $matter_id
      or matter.kind = $kind and matter.kind in ('planned_week', 'planned_day', 'planned_morning')
        and matter.words ->> 'starts' = $starts
      or told.created_at >= $unless_told_since::timestamptz
    )
)
and (
  $told_of::text[] is null
  or exists (
    select
    from notification as heard
    join matter on matter.id = heard.matter_id
    where heard.service_point_id = way.service_point_id
      and matter.planned_outage_id = any ($told_of::text[])
  )
)
-- That it is over is told to those who have supply: whoever an incident leaves out goes on being told of that.
and (
  $kind <> 'planned_over'
  or not exists (
    select
    from interruption
    where interruption.service_point_id = way.service_point_id
      and interruption.ended_at is null
  )
)
order by way.service_point_id

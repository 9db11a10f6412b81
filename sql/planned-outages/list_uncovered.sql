-- Planned outages at work with customers there whom nothing is counted for: what they were out by has ended meanwhile. Index:
-- planned_outage_time, planned_ground_pkey, service_point_transformer, interruption_one_open; a handful of outages.
select planned_outage.id
from planned_outage
where planned_outage.state = 'started'
  and exists (
    select
    from planned_ground
    join service_point
      on service_point.transformer_id = planned_ground.transformer_id
      and service_point.connection = 'connected'
    left join interruption
      on interruption.service_point_id = service_point.id
      and interruption.ended_at is null
    where planned_ground.planned_outage_id = planned_outage.id
      and planned_ground.back_at is null
      and interruption.id is null
  )
order by planned_outage.id

-- Planned outages that are not over, with what their ground was traced to. Index: planned_outage_time; some hundred rows.
select
  planned_outage.*,
  coalesce(
    (
      select jsonb_object_agg(planned_ground.transformer_id, planned_ground.ends_at)
      from planned_ground
      where planned_ground.planned_outage_id = planned_outage.id
        and planned_ground.back_at is null
    ),
    '{}'
  ) as traced
from planned_outage
where planned_outage.state in ('announced', 'started')
  and planned_outage.ends_at > $at::timestamptz - interval '1 day'
order by planned_outage.id

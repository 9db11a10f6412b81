-- Planned outages that something may be due for: they start within the week, or are not over. With the keys of what customers were
-- told. Index: planned_outage_time, matter_planned; some hundred rows.
select
  planned_outage.*,
  coalesce(
    (
      select array_agg(matter.key)
      from matter
      where matter.planned_outage_id = planned_outage.id
    ),
    '{}'
  ) as told,
  array(
    select distinct coalesce(planned_ground.ends_at, planned_outage.ends_at)
    from planned_ground
    where planned_ground.planned_outage_id = planned_outage.id
      and planned_ground.back_at is null
      and coalesce(planned_ground.ends_at, planned_outage.ends_at) <= $at
  ) as overdue
from planned_outage
where planned_outage.state in ('announced', 'started')
  and planned_outage.starts_at < $at::timestamptz + interval '7 days 1 hour'
order by planned_outage.starts_at, planned_outage.id
limit 2000

-- Planned outages at work on equipment or transformers at an instant, or overrun by less than a day. Index:
-- planned_outage_time; a handful of rows.
select
  planned.id,
  planned.starts_at,
  planned.ends_at,
  planned.reason
from planned_outage as planned
where planned.state in ('announced', 'started')
  and planned.starts_at <= $at
  and planned.ends_at > $at::timestamptz - interval '1 day'
  and (planned.equipment_ids && $equipment_ids::text[] or planned.transformer_ids && $transformer_ids::text[])
order by planned.ends_at desc
limit 1

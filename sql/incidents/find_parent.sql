-- The incident that those who call now were restored by within the last 12 hours: they are still out. Indices: evidence_live,
-- interruption_incident; one row or none. Prepared.
select
  incident.id,
  incident.started_at
from evidence
join interruption
  on interruption.service_point_id = evidence.service_point_id
join incident
  on incident.id = interruption.incident_id
where evidence.section = any ($sections::text[])
  and evidence.cleared_at is null
  and evidence.kind in ('report', 'power_off')
  and evidence.transformer_id = any ($transformers::text[])
  and ($points::text[] is null or evidence.service_point_id = any ($points::text[]))
  and interruption.ended_at is not null
  and interruption.ended_at <= evidence.at
  and interruption.ended_at > $now::timestamptz - interval '12 hours'
  and incident.status in ('partly_restored', 'restored')
order by interruption.ended_at desc
limit 1

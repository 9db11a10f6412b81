-- The incident that those who call now were restored by within the last 12 hours: they are still out. What was restored on the
-- ground is looked for first: in most storms' hours there is none, and nobody's past is looked at. Indices: incident_status_started,
-- evidence_live, interruption_point; one row or none. Prepared.
with restored as materialized (
  select
    incident.id,
    incident.started_at
  from incident
  where incident.status in ('partly_restored', 'restored')
    and incident.transformer_ids && $transformers::text[]
)
select
  restored.id,
  restored.started_at
from evidence
join interruption
  on interruption.service_point_id = evidence.service_point_id
join restored
  on restored.id = interruption.incident_id
where exists (select from restored)
  and evidence.section = any ($sections::text[])
  and evidence.cleared_at is null
  and evidence.kind in ('report', 'power_off')
  and evidence.transformer_id = any ($transformers::text[])
  and ($points::text[] is null or evidence.service_point_id = any ($points::text[]))
  and interruption.ended_at is not null
  and interruption.ended_at <= evidence.at
  and interruption.ended_at > $now::timestamptz - interval '12 hours'
order by interruption.ended_at desc
limit 1

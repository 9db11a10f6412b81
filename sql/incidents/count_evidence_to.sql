-- Counts the live evidence on an incident's ground to it. Index: evidence_live; some hundred rows. Prepared.
update evidence
set incident_id = $incident_id
where evidence.section = any ($sections::text[])
  and evidence.cleared_at is null
  and evidence.incident_id is distinct from $incident_id
  and (
    evidence.equipment_id = $equipment_id
    or (
      evidence.transformer_id = any ($transformers::text[])
      and ($points::text[] is null or evidence.service_point_id = any ($points::text[]))
    )
  )

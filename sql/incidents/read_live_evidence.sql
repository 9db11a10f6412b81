-- What the sections have heard since a row number and was not cleared. Index: evidence_live; some hundred rows. Prepared.
select
  evidence.id,
  evidence.kind,
  evidence.at,
  evidence.service_point_id,
  evidence.transformer_id,
  evidence.equipment_id,
  evidence.state,
  evidence.commanded,
  evidence.symptom
from evidence
where evidence.section = any ($sections::text[])
  and evidence.cleared_at is null
  and evidence.id > $after
order by evidence.id

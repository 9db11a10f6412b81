-- Keeps calls and meters' words, each with the incident that it came to; a word that was heard before adds nothing. Answers
-- the newest row's number. Index: evidence_meter_once; up to 10,000 rows. Prepared.
with kept as (
  insert into evidence
    (section, kind, at, service_point_id, transformer_id, report_id, symptom, incident_id, cleared_at)
  select *
  from unnest(
    $sections::text[], $kinds::text[], $instants::timestamptz[], $points::text[], $transformers::text[], $reports::text[],
    $symptoms::text[], $incidents::text[], $cleared::timestamptz[]
  )
  on conflict (service_point_id, kind, at) where kind in ('power_off', 'power_on') do nothing
  returning id
)
select coalesce(max(kept.id), 0) as newest
from kept

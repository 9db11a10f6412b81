-- What the sections have heard since a row number and was not cleared. Each section is looked up by itself (an offset keeps it
-- so), and the order is reckoned: otherwise a plan made for an empty table walks all that was ever heard. Index: evidence_live;
-- some hundred rows. Prepared.
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
from unnest($sections::text[]) as asked (section)
cross join lateral (
  select live.*
  from evidence as live
  where live.section = asked.section
    and live.cleared_at is null
    and live.id > $after
  offset 0
) as evidence
order by evidence.id + 0

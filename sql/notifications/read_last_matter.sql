-- The last matter of some kinds that an incident's customers were told of. Index: matter_incident; one row or none. Prepared.
select matter.id, matter.key
from matter
where matter.incident_id = $incident_id
  and matter.kind = any ($kinds::text[])
order by matter.id desc
limit 1

-- The last matter of a kind that an incident's customers were told of. Index: matter_incident; one row or none. Prepared.
select matter.id, matter.key
from matter
where matter.incident_id = $incident_id
  and matter.kind = $kind
order by matter.id desc
limit 1

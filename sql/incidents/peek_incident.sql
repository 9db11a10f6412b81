-- Where an incident is, to know which sections to lock before it is locked itself. Index: incident_pkey; one row.
select incident.transformer_ids[1] as transformer_id
from incident
where incident.id = $id

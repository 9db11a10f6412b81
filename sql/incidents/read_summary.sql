-- One incident as lists and the stream carry it. Index: incident_pkey; one row. Prepared.
select incident_summary(incident) as summary
from incident
where incident.id = $id

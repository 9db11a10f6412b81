-- What customers of an incident called in about since it was restored and nobody has taken in hand. Index: incident_parent or the
-- few that are open; a handful of rows.
select incident.id
from incident
where incident.parent_id = $id
  and incident.status in ('suspected', 'probable')
  and not incident.hazard
order by incident.number

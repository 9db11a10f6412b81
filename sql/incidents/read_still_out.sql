-- An open incident nested in a restored one, whose customers say that they are still out; the oldest. Index: incident_status_started;
-- one row or none.
select incident.number
from incident
where incident.parent_id = $id
  and incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
order by incident.number
limit 1

-- Accepts an offer that has expired here but was accepted in time, by a phone that had no network to say so: where the incident still
-- waits for a crew and the crew for work; no row otherwise. Indices: assignment_pkey, incident_pkey, assignment_one_active_per_crew,
-- assignment_one_lead_per_incident.
update assignment
set
  status = 'accepted',
  accepted_at = $at::timestamptz,
  ended_at = null,
  reason = null
from incident
where assignment.id = $id
  and assignment.status = 'expired'
  and assignment.answer_by >= $at::timestamptz
  and incident.id = assignment.incident_id
  and incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
  and not exists (
    select
    from assignment as other
    where other.status in ('offered', 'accepted', 'en_route', 'on_site')
      and (
        other.crew_id = assignment.crew_id
        or (other.incident_id = assignment.incident_id and other.role = 'lead' and assignment.role = 'lead')
      )
  )

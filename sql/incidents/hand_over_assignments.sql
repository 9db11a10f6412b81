-- Moves the crews on one incident to the one that took it in. A lead joins as support where that one has a lead already; help
-- they asked for is asked for there. Index: assignment_incident, assignment_one_lead_per_incident; a handful of rows.
with asked as (
  update help_request
  set incident_id = $into
  where help_request.incident_id = $id
    and help_request.answered_at is null
),
moved as (
  update assignment
  set
    incident_id = $into,
    role = case
      when exists (
        select
        from assignment as lead
        where lead.incident_id = $into
          and lead.role = 'lead'
          and lead.status in ('offered', 'accepted', 'en_route', 'on_site')
      ) then 'support'
      else assignment.role
    end
  where assignment.incident_id = $id
    and assignment.status in ('offered', 'accepted', 'en_route', 'on_site')
  returning assignment.id
)
select moved.id
from moved

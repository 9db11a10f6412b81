-- Puts the crews that a step moved back on the incidents they were on, with what they asked for. Indices: incident_step_pkey,
-- assignment_pkey, help_request_one_open; a handful of rows.
with kept as (
  select kept.*
  from incident_step as step
  cross join jsonb_to_recordset(step.before -> 'assignments') as kept (id text, incident_id text, role text)
  where step.id = $id
),
asked as (
  update help_request
  set incident_id = kept.incident_id
  from kept
  where help_request.assignment_id = kept.id
    and help_request.answered_at is null
)
update assignment
set
  incident_id = kept.incident_id,
  role = kept.role
from kept
where assignment.id = kept.id
  and assignment.incident_id <> kept.incident_id
  and assignment.status in ('offered', 'accepted', 'en_route', 'on_site')
returning assignment.id

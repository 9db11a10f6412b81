-- The last step of a dispatcher that concerns an incident and can be taken back. Index: see the function; one row or none.
select
  step.id,
  step.incident_id,
  step.step,
  step.incident_ids,
  step.made_id,
  step.actor
from last_step($incident_id, $now::timestamptz) as step

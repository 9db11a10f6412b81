-- The last step of a dispatcher that concerns an incident and was not taken back. Index: incident_step_incidents; one row.
select
  step.id,
  step.incident_id,
  step.step,
  step.incident_ids,
  step.made_id,
  step.actor
from incident_step as step
where (step.incident_ids @> array[$incident_id::text] or step.made_id = $incident_id)
  and step.seq is not null
  and step.undone_seq is null
order by step.id desc
limit 1

-- Notes that a step is done: what the log tells from here on came after it. Index: incident_step_pkey; one row.
update incident_step
set
  seq = (select max(event_log.seq) from event_log),
  made_id = $made_id
where incident_step.id = $id

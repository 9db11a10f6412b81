-- Notes that a step was taken back, with the newest event. Index: incident_step_pkey; one row.
update incident_step
set undone_seq = (select max(event_log.seq) from event_log)
where incident_step.id = $id

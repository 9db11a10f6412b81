-- Appends one event. Called by every write; index: the primary key; one row. Prepared.
select append_event($name, $step, $subject_id, $incident_id, $actor, $data::jsonb) as seq

-- Asks for help; no row where the assignment waits for help already. Index: help_request_one_open; one row.
insert into help_request (id, assignment_id, incident_id, crew_id, asked_at, reason, skills)
values ($id, $assignment_id, $incident_id, $crew_id, $at, $reason, $skills::text[])
on conflict (assignment_id) where answered_at is null do nothing

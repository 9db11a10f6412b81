-- Keeps a note with an incident. One row.
insert into incident_note (incident_id, actor, kind, body)
values ($incident_id, $actor, $kind, $body::jsonb)

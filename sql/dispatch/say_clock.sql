-- Notes that a clock was warned of, or has run out; no row where that was said already, by this server or another. Index: clock_pkey.
insert into clock (subject_id, kind, level, incident_id, assignment_id, due_at, at)
values ($subject_id, $kind, $level, $incident_id, $assignment_id, $due_at, $at)
on conflict (subject_id, kind, level) do nothing

-- The matter of this key, made if it is new. Index: matter_key_key; one row. An existing one is locked, so that two
-- servers that owe it at once take turns. Prepared.
insert into matter (key, kind, incident_id, template, bodies, words, created_at)
values ($key, $kind, $incident_id, $template, $bodies, '{}', $now)
on conflict (key) do update set key = excluded.key
returning id

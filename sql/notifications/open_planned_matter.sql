-- The matter of this key about a planned outage, made if it is new. Index: matter_key_key; one row. An existing one is locked,
-- so that two servers that owe it at once take turns.
insert into matter (key, kind, planned_outage_id, template, bodies, words, created_at)
values ($key, $kind, $planned_outage_id, $template, $bodies, $words, $now)
on conflict (key) do update set key = excluded.key
returning id

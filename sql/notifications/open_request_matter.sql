-- The matter of this key about a request, made if it is new. Index: matter_key_key; one row.
insert into matter (key, kind, template, bodies, words, created_at)
values ($key, $kind, $template, $bodies, $words, $now)
on conflict (key) do update set key = excluded.key
returning id

-- Claims an Idempotency-Key for its caller; no row when it was claimed before. Index: idempotency_pkey; one row.
insert into idempotency (key, caller, route, body_hash)
values ($key, $caller, $route, $body_hash)
on conflict (caller, key) do nothing

-- Keeps what was answered under a key. Index: idempotency_pkey; one row.
update idempotency
set response = $response::jsonb
where caller = $caller
  and key = $key

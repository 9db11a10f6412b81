-- Forgets keys older than a day: no honest retry comes later. Index: idempotency_created; a day's writes.
delete from idempotency
where created_at < now() - interval '1 day'

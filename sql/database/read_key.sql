-- What a key stands for and what was answered to it. Index: idempotency_pkey; one row.
select
  known.route,
  known.body_hash,
  known.response
from idempotency as known
where known.caller = $caller
  and known.key = $key

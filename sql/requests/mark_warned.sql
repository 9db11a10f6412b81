-- Notes that the owner was warned, unless another server did. Index: request_pkey; one row, or none for the loser.
update request
set warned_at = $now
where request.id = $id
  and request.warned_at is null
  and request.state = 'open'

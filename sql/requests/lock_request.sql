-- A request under its lock, so that two who work on it take turns. Index: request_pkey; one row or none.
select
  request.owner,
  request.first_owner,
  request.received_at,
  request.due_at,
  request.explained,
  request.state,
  request.follow_token
from request
where request.id = $id
for update

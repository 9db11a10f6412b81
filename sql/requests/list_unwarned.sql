-- Open requests whose owner has not been warned yet, the next deadlines first. Index: request_open; up to $limit rows.
select request.id, request.owner, request.received_at, request.due_at
from request
where request.state = 'open'
  and request.warned_at is null
order by request.due_at, request.id
limit $limit

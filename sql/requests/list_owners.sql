-- Who has open requests and how many of them are due or overdue, then whoever else has had one within a year and the managers of grids:
-- those that a request can be handed to. Index: request_open, request_owner, request_received; a few hundred rows.
with known as (
  select request.owner
  from request
  where request.state = 'open'
    or request.received_at > $now::timestamptz - interval '365 days'
  union
  select grid.manager_name
  from grid
  where grid.manager_name is not null
)
select
  known.owner,
  count(request.id)::integer as open,
  count(request.id) filter (
    where request.due_at > $now
      and request.due_at - $warn_share::float8 * (request.due_at - request.received_at) <= $now
  )::integer as due,
  count(request.id) filter (where request.due_at <= $now)::integer as overdue
from known
left join request
  on request.owner = known.owner
  and request.state = 'open'
group by known.owner
order by count(request.id) desc, known.owner
limit 500

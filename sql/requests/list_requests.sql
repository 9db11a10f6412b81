-- Requests with their whole way: one by $id, or a page by state, the next deadline first. Index: request_open, request_pkey,
-- request_step_request; up to $limit rows.
select
  request.id,
  request.kind,
  request.said as text,
  request.channel,
  request.account_no,
  request.phone,
  request.email,
  coalesce(transformer.name, request.address) as place,
  to_json(request.received_at) #>> '{}' as received_at,
  to_json(request.due_at) #>> '{}' as due_at,
  to_json(request.due_at) #>> '{}' as at,
  request.owner,
  request.first_owner,
  request.state,
  request.answer,
  to_json(request.answered_at) #>> '{}' as answered_at,
  request.explained::integer,
  (
    select jsonb_agg(
      jsonb_build_object('step', way.step, 'actor', way.actor, 'owner', way.owner, 'note', way.note, 'at', way.at)
      order by way.id
    )
    from request_step as way
    where way.request_id = request.id
  ) as steps
from request
left join service_point on service_point.id = request.service_point_id
left join transformer on transformer.id = service_point.transformer_id
where ($id::text is null or request.id = $id)
  and ($state::text is null or request.state = $state)
  and ($owner::text is null or request.owner = $owner)
  and ($after::timestamptz is null or (request.due_at, request.id) > ($after::timestamptz, $after_id::text))
order by request.due_at, request.id
limit $limit

-- Requests by id, account or phone as given, or by words of the newest $recent. Indices: request_pkey, request_account, request_phone,
-- request_received; $limit rows.
with recent as (
  select request.id, request.said
  from request
  order by request.received_at desc
  limit $recent
),
hits as (
  select request.id, 2.0::real as rank
  from request
  where request.id = $words
    or request.account_no = $words
    or request.phone = any ($phones::text[])
  union all
  (
    select recent.id, 0.9::real as rank
    from recent
    where recent.said ilike '%' || $begins
    limit $limit
  )
),
best as (
  select hits.id, max(hits.rank) as rank
  from hits
  group by hits.id
)
select
  'request' as kind,
  request.id,
  left(request.said, 80) as title,
  concat_ws(' · ', request.account_no, request.phone, request.owner) as detail,
  request.state,
  null::text as incident_id,
  request.received_at as at,
  null::double precision as lon,
  null::double precision as lat,
  best.rank + case when request.state = 'open' then 0.2 else 0 end as rank
from best
join request
  on request.id = best.id
order by rank desc, request.received_at desc
limit $limit

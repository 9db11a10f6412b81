-- Estimates whose supply is back, with when that was: the newest of a period. What was merged counts by what it was merged into;
-- what was said after the return is no estimate. Index: incident_restored_at, estimate_said_incident; up to $limit rows.
select
  extract(epoch from said.low)::float8 as low_at_s,
  extract(epoch from said.at)::float8 as at_s,
  extract(epoch from said.high)::float8 as high_at_s,
  extract(epoch from back.restored_at)::float8 as restored_s,
  said.source,
  said.cause,
  said.stage
from incident as back
join incident as told
  on told.id = back.id
  or told.merged_into = back.id
join estimate_said as said
  on said.incident_id = told.id
  and said.said_at < back.restored_at
where back.restored_at >= $since::timestamptz
  and back.restored_at < $until::timestamptz
  and back.status in ('restored', 'closed')
order by back.restored_at desc, said.id desc
limit $limit

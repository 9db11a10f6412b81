-- Accepted assignments across a boundary since midnight in the network's time zone, with what the home district would
-- have offered. Index: assignment_crossing; a day's crossings.
with today as (
  select date_trunc('day', $at::timestamptz at time zone zone.name) at time zone zone.name as begins
  from (select coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as name) as zone
)
select
  today.begins as since,
  assignment.id as assignment_id,
  assignment.incident_id,
  assignment.crew_id,
  coalesce(assignment.arrived_at, assignment.arrives_at) as arrives_at,
  assignment.home_arrives_at,
  coalesce(assignment.customers_at_offer, 0) as customers
from today
left join assignment
  on assignment.crosses_boundary
  and assignment.role = 'lead'
  and assignment.accepted_at >= today.begins
  and assignment.accepted_at <= $at::timestamptz
  and assignment.status in ('accepted', 'en_route', 'on_site', 'finished')
order by assignment.accepted_at

-- What crews did in a period, and what crossing districts spared. Index: assignment_offered; one row.
select
  count(*)::integer as assignments,
  count(distinct assignment.crew_id)::integer as crews,
  (coalesce(sum(assignment.distance_m) filter (where assignment.arrived_at is not null), 0) / 1000)::float8 as distance_km,
  count(*) filter (where assignment.crosses_boundary)::integer as crossings,
  (coalesce(sum(crossing.minutes), 0))::float8 as crossing_minutes,
  (coalesce(sum(crossing.minutes * coalesce(assignment.customers_at_offer, 0)), 0))::float8 as crossing_customer_minutes
from assignment
cross join lateral (
  select case
    when assignment.crosses_boundary and assignment.role = 'lead' then
      extract(epoch from assignment.home_arrives_at - coalesce(assignment.arrived_at, assignment.arrives_at)) / 60
  end as minutes
) as crossing
where assignment.offered_at >= $from::timestamptz
  and assignment.offered_at < $to::timestamptz
  and assignment.accepted_at is not null

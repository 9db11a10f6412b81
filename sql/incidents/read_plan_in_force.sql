-- The storm plan in force: the one that is kept while a dispatcher has it switched on, else the one applied last, if since $since;
-- and what each crew is on. Indices: plan_pkey, plan_applied, assignment_one_active_per_crew; one row at most.
select
  plan.made_at,
  plan.view -> 'crews' as crews,
  coalesce((
    select jsonb_object_agg(assignment.crew_id, assignment.incident_id)
    from assignment
    where assignment.status in ('offered', 'accepted', 'en_route', 'on_site')
  ), '{}') as jobs
from plan
where plan.id = coalesce(
  (
    select standing.plan_id
    from standing_plan as standing
    where standing.is_on
  ),
  (
    select applied.id
    from plan as applied
    where applied.applied_at > $since::timestamptz
    order by applied.applied_at desc
    limit 1
  )
)

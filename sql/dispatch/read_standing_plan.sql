-- Whether a plan is kept in force, which, and whether something that matters to it has happened since. Crews that only moved
-- are no reason: a crew that drives along is still the crew that was planned.
-- Indices: standing_plan_pkey, event_log_pkey; one row, the events of the last second looked through.
select
  standing.is_on,
  standing.changed_by,
  standing.changed_at,
  standing.plan_id,
  standing.event_seq,
  plan.made_at,
  exists (
    select
    from event_log as event
    where event.seq > standing.event_seq
      and (
        event.name in ('incident', 'assignment', 'network')
        or (event.name = 'crew' and event.step <> 'position')
      )
  ) as is_due
from standing_plan as standing
left join plan
  on plan.id = standing.plan_id

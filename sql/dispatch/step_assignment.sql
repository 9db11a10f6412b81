-- Takes an assignment one step on, if it stands where the step begins; no row tells the loser of a race. Index: assignment_pkey.
update assignment
set
  status = $to,
  accepted_at = case when $to = 'accepted' then $at::timestamptz else assignment.accepted_at end,
  departed_at = case when $to = 'en_route' then $at::timestamptz else assignment.departed_at end,
  arrived_at = case when $to = 'on_site' then $at::timestamptz else assignment.arrived_at end,
  finished_at = case when $to = 'finished' then $at::timestamptz else assignment.finished_at end,
  ended_at = case when $to in ('finished', 'declined', 'withdrawn', 'expired') then $at::timestamptz end,
  arrives_at = case when $to = 'en_route' then $at::timestamptz + make_interval(secs => coalesce(assignment.travel_s, 0)) else assignment.arrives_at end,
  reason = coalesce($reason, assignment.reason),
  findings = coalesce($findings::jsonb, assignment.findings)
where assignment.id = $id
  and assignment.status = any ($from::text[])

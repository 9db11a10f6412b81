-- Every crew that might go to an incident, with what it is doing, and the incident itself. Indices: crew_pkey,
-- assignment_one_active_per_crew, assignment_crew; some hundred rows. A crew on loan to a district is at home there. One that has
-- reported no position since it was at an incident is still there, not where its phone was last heard or at its depot.
select
  crew.id,
  crew.name,
  st_x(coalesce(last_job.geom, crew.geom)) as lon,
  st_y(coalesce(last_job.geom, crew.geom)) as lat,
  coalesce(home.code, crew.home_district) as home_district,
  home.name as home_name,
  crew.skills,
  crew_on_shift(crew, $at::timestamptz) as on_shift,
  coalesce(last_job.ended_at, crew.position_at) as position_at,
  crew_shift_ends_at(crew, $at::timestamptz) as shift_ends_at,
  current_job.id as job_id,
  current_job.incident_id as job_incident_id,
  current_job.role as job_role,
  current_job.plan_id as job_plan_id,
  current_job.status as job_status,
  current_job.arrives_at,
  current_job.arrived_at,
  st_x(job_incident.geom) as job_lon,
  st_y(job_incident.geom) as job_lat,
  exists (
    select
    from assignment as refused
    where refused.incident_id = $incident_id
      and refused.crew_id = crew.id
      and refused.status in ('declined', 'expired')
  ) as refused_before
from crew
left join district as loan
  on loan.code = crew.on_loan_to
left join district as home
  on home.code = coalesce(loan.code, crew.home_district)
left join assignment as current_job
  on current_job.crew_id = crew.id
  and current_job.status in ('offered', 'accepted', 'en_route', 'on_site')
left join incident as job_incident
  on job_incident.id = current_job.incident_id
left join lateral (
  select
    assignment.ended_at,
    incident.geom
  from assignment
  join incident
    on incident.id = assignment.incident_id
  where assignment.crew_id = crew.id
    and assignment.arrived_at > coalesce(crew.position_at, '-infinity')
    and assignment.ended_at is not null
    and assignment.ended_at > $at::timestamptz - interval '12 hours'
  order by assignment.ended_at desc
  limit 1
) as last_job
  on true
order by crew.id

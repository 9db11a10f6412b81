-- A crew in the shape of the contract's Crew: who and where it is, and what it is doing. A shift that begins and ends at the same time is
-- the whole day, as it is where its end is asked for (stage_facts.sql).
create or replace function crew_on_shift(one crew, at timestamptz) returns boolean
  language sql
  stable
as $$
  select case
    when one.off_duty then false
    when one.shift_start is null or one.shift_end is null then true
    when one.shift_start < one.shift_end then wall.clock >= one.shift_start and wall.clock < one.shift_end
    else wall.clock >= one.shift_start or wall.clock < one.shift_end
  end
  from (
    select (at at time zone coalesce((select network.timezone from network where network.id = one.network_id), 'Asia/Shanghai'))::time as clock
  ) as wall
$$;

create or replace function crew_view(one crew, at timestamptz) returns jsonb
  language sql
  stable
as $$
  select jsonb_build_object(
    'id', one.id,
    'name', one.name,
    'station_id', one.station_id,
    'home_district', one.home_district,
    'skills', to_jsonb(one.skills),
    'shift_start', to_char(one.shift_start, 'HH24:MI'),
    'shift_end', to_char(one.shift_end, 'HH24:MI'),
    'members', one.members,
    'phone', one.phone,
    'vehicle', one.vehicle,
    'tracker_id', one.tracker_id,
    'on_loan_to', one.on_loan_to,
    'status', coalesce(current_job.status, case when crew_on_shift(one, at) then 'available' else 'off_duty' end),
    'on_shift', crew_on_shift(one, at),
    'location', jsonb_build_object('lon', st_x(one.geom), 'lat', st_y(one.geom)),
    'position_at', one.position_at,
    'heading', one.heading,
    'assignment_id', current_job.id,
    'incident_id', current_job.incident_id,
    'version', one.version
  )
  from (select 1) as always
  left join (
    select assignment.id, assignment.incident_id, assignment.status
    from assignment
    where assignment.crew_id = one.id
      and assignment.status in ('offered', 'accepted', 'en_route', 'on_site')
  ) as current_job on true
$$;

-- The facts of promises: when an incident was first heard of, and by when a crew is owed there.

create or replace function incident_heard_at(one incident) returns timestamptz
  language sql
  stable
as $$
  select coalesce(
    (select min(evidence.at) from evidence where evidence.incident_id = one.id and evidence.kind = 'report'),
    one.started_at
  )
$$;

create or replace function district_kind_of(one incident) returns text
  language sql
  stable
as $$
  select coalesce((select district.kind from district where district.code = one.district_code), 'urban')
$$;

create or replace function arrival_promised_at(one incident) returns timestamptz
  language sql
  stable
as $$
  select incident_heard_at(one) + make_interval(secs => stage_limit.limit_s)
  from stage_limit
  where stage_limit.kind = 'arrive'
    and stage_limit.district_kind = district_kind_of(one)
    and stage_limit.important = (one.critical_customers > 0)
$$;

-- The instant at which the present shift of a crew ends; null where it has no hours.
create or replace function crew_shift_ends_at(one crew, at timestamptz) returns timestamptz
  language sql
  stable
as $$
  select case
    when one.shift_start is null or one.shift_end is null then null
    else (
      date_trunc('day', wall.local)
      + one.shift_end
      + case when one.shift_end <= wall.local::time then interval '1 day' else interval '0' end
    ) at time zone wall.zone
  end
  from (
    select zone.name as zone, at at time zone zone.name as local
    from (select coalesce((select network.timezone from network where network.id = one.network_id), 'Asia/Shanghai') as name) as zone
  ) as wall
$$;

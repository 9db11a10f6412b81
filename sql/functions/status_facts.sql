-- All that a customer's status is made from (see StatusFacts). Indices: service_point_pkey, interruption_one_open,
-- interruption_point, assignment_one_lead_per_incident, planned_ground_transformer, report_location_service_point; one row.
create or replace function status_facts(point_id text, at_instant timestamptz)
  returns table (
    place text,
    connection text,
    incident_id text,
    incident_status text,
    out_since timestamptz,
    crew text,
    crew_arrives_at timestamptz,
    estimate_at timestamptz,
    estimate_low timestamptz,
    estimate_high timestamptz,
    back_incident_id text,
    back_at timestamptz,
    back_verified boolean,
    planned_starts_at timestamptz,
    planned_ends_at timestamptz,
    planned_reason text,
    own_side_says jsonb
  )
  language sql
  stable
as $$
  select
    transformer.name,
    service_point.connection,
    out_by.id,
    out_by.status,
    out_by.out_since,
    crew.status,
    crew.arrives_at,
    out_by.estimate_at,
    out_by.estimate_low,
    out_by.estimate_high,
    back.incident_id,
    back.ended_at,
    coalesce(back.verified, false),
    planned.starts_at,
    planned.ends_at,
    planned.reason,
    own_side.says
  from service_point
  join transformer on transformer.id = service_point.transformer_id
  left join lateral (
    select incident.*, interruption.started_at as out_since
    from interruption
    join incident on incident.id = interruption.incident_id
    where interruption.service_point_id = point_id
      and interruption.ended_at is null
  ) as out_by on true
  left join lateral (
    select assignment.status, assignment.arrives_at
    from assignment
    where assignment.incident_id = out_by.id
      and assignment.role = 'lead'
      and assignment.status in ('accepted', 'en_route', 'on_site')
  ) as crew on true
  left join lateral (
    select interruption.incident_id, interruption.ended_at, incident.verified_at is not null as verified
    from interruption
    join incident on incident.id = interruption.incident_id
    where interruption.service_point_id = point_id
      and interruption.ended_at > at_instant - interval '12 hours'
    order by interruption.started_at desc
    limit 1
  ) as back on true
  left join lateral (
    select * from planned_at(transformer.id, at_instant)
  ) as planned on true
  left join lateral (
    select case when verdict.kind = 'customer_side' then verdict.says end as says
    from report_location as placed
    join report_verdict as verdict on verdict.report_id = placed.report_id
    where placed.service_point_id = point_id
      and verdict.at > at_instant - interval '24 hours'
    order by verdict.id desc
    limit 1
  ) as own_side on true
  where service_point.id = point_id
$$;

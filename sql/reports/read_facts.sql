-- Everything a report is judged by. Indices: service_point_pkey, transformer_pkey, planned_ground_transformer,
-- interruption_one_open, meter_state_pkey, report_location_service_point, report_location_transformer,
-- evidence_live, assignment_one_lead_per_incident; of a call that is judged late interruption_point, or where its household is not known
-- incident_status_started and planned_outage_starts; one row. `offset 0` holds the order of the joins, from the household outward: a plan
-- made before a storm for a handful of reports and incidents would walk all of them for each caller. Prepared.
select
  transformer.id as transformer_id,
  transformer.name as transformer_name,
  transformer.owner,
  transformer.customers,
  service_point.id as service_point_id,
  service_point.connection,
  service_point.boundary,
  service_point.responsible,
  service_point.critical,
  service_point.class,
  planned.id as planned_id,
  planned.starts_at as planned_starts_at,
  planned.ends_at as planned_ends_at,
  planned.reason as planned_reason,
  covering.id as incident_id,
  covering.status as incident_status,
  covering.equipment_kind as incident_kind,
  covering.out_since,
  covering.estimate_at,
  covering.estimate_low,
  covering.estimate_high,
  covering.cause as incident_cause,
  crew.status as crew_status,
  crew.arrives_at as crew_arrives_at,
  back.incident_id as back_incident_id,
  back.planned_outage_id as back_planned_id,
  back.status as back_status,
  back.at as back_at,
  back.verified as back_verified,
  meter.kind as meter_kind,
  meter.at as meter_at,
  earlier.id as earlier_report_id,
  earlier.incident_id as earlier_incident_id,
  case when transformer.owner = 'customer' then (
    select count(distinct coalesce(placed.service_point_id, placed.report_id))::integer
    from report_location as placed
    where placed.transformer_id = transformer.id
      and placed.at > $at::timestamptz - interval '24 hours'
      and placed.service_point_id is distinct from service_point.id
  ) else (
    select count(distinct coalesce(other.service_point_id, other.report_id))::integer
    from evidence as other
    where other.section = coalesce(transformer.feeder_id, 'transformer:' || transformer.id)
      and other.cleared_at is null
      and other.kind in ('report', 'power_off')
      and other.transformer_id = transformer.id
      and other.service_point_id is distinct from service_point.id
  ) end as others_heard
from transformer
left join service_point
  on service_point.id = $service_point_id
left join meter_state as meter
  on meter.service_point_id = service_point.id
left join lateral planned_at(transformer.id, $at::timestamptz) as planned on true
left join lateral (
  select
    incident.*,
    coalesce(found.out_since, incident.started_at) as out_since
  from (
    select
      interruption.incident_id,
      interruption.started_at as out_since
    from interruption
    where interruption.service_point_id = service_point.id
      and interruption.ended_at is null
    union all
    select
      open_there.id,
      null
    from incident as open_there
    where service_point.id is null
      and open_there.section = coalesce(transformer.feeder_id, 'transformer:' || transformer.id)
      and open_there.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
      and transformer.id = any (open_there.transformer_ids)
      and open_there.equipment_kind not in ('lv_branch', 'meter_box', 'service_point')
  ) as found
  cross join lateral (
    select incident.*
    from incident
    where incident.id = found.incident_id
    offset 0
  ) as incident
  where incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
    and not incident.hazard
  limit 1
) as covering on true
left join lateral (
  select assignment.status, assignment.arrives_at
  from assignment
  where assignment.incident_id = covering.id
    and assignment.role = 'lead'
    and assignment.status in ('accepted', 'en_route', 'on_site')
) as crew on true
-- What its place was out by when the call was made, or soon after, and is back from; looked for only where `since` is given.
left join lateral (
  select
    incident.id as incident_id,
    found.planned_outage_id,
    incident.status,
    found.at,
    incident.verified_at is not null as verified
  from (
    select
      interruption.incident_id,
      interruption.planned_outage_id,
      interruption.ended_at as at
    from interruption
    where $since::timestamptz is not null
      and interruption.service_point_id = service_point.id
      and interruption.ended_at >= $since::timestamptz
    union all
    select
      restored_there.id,
      null,
      restored_there.restored_at
    from incident as restored_there
    where $since::timestamptz is not null
      and service_point.id is null
      and restored_there.status in ('restored', 'closed')
      and restored_there.started_at > $since::timestamptz - interval '3 days'
      and restored_there.restored_at >= $since::timestamptz
      and transformer.id = any (restored_there.transformer_ids)
      and restored_there.equipment_kind not in ('lv_branch', 'meter_box', 'service_point')
    union all
    select
      null,
      over_there.id,
      ground.back_at
    from planned_outage as over_there
    join planned_ground as ground
      on ground.planned_outage_id = over_there.id
    where $since::timestamptz is not null
      and service_point.id is null
      and over_there.state in ('started', 'ended')
      and over_there.starts_at > $since::timestamptz - interval '3 days'
      and ground.transformer_id = transformer.id
      and ground.back_at >= $since::timestamptz
  ) as found
  left join lateral (
    select incident.*
    from incident
    where incident.id = found.incident_id
    offset 0
  ) as incident on true
  where found.planned_outage_id is not null
    or incident.status in ('partly_restored', 'restored', 'closed') and not incident.hazard
  order by found.at
  limit 1
) as back on true
left join lateral (
  select
    report.id,
    verdict.incident_id
  from report_location as placed
  cross join lateral (
    select report.*
    from report
    where report.id = placed.report_id
    offset 0
  ) as report
  join newest_verdict(report.id) as verdict on true
  cross join lateral (
    select incident.status
    from incident
    where incident.id = verdict.incident_id
    offset 0
  ) as incident
  where placed.service_point_id = service_point.id
    and report.repeats is null
    and report.symptom <> 'hazard'
    and incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
    and report.received_at > $at::timestamptz - interval '24 hours'
  order by report.received_at
  limit 1
) as earlier on true
where transformer.id = $transformer_id

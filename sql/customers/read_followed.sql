-- A report by the token that its caller follows it with: where it was placed, what was said of it, how the incident that it counts to
-- stands, when that ended for its household, and the planned outage of its area. Index: report_follow_token_key,
-- report_verdict_report, incident_pkey, interruption_point, planned_ground_transformer; one row or none.
select
  report.id,
  report.reported_at,
  report.taken_by,
  placed.service_point_id,
  transformer.name as place,
  placed.method,
  verdict.kind,
  verdict.rule,
  verdict.says,
  verdict.evidence,
  placed.candidates,
  counted.id as incident_id,
  counted.status as incident_status,
  coalesce(own.back_at, counted.restored_at, counted.updated_at) as ended_at,
  own.back_at is not null as own_ended,
  counted.verified_at is not null as verified,
  crew.status as crew,
  crew.arrives_at as crew_arrives_at,
  planned.starts_at as planned_starts_at,
  planned.ends_at as planned_ends_at,
  planned.reason as planned_reason,
  coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as timezone
from report
left join newest_location(report.id) as placed on true
left join transformer on transformer.id = placed.transformer_id
left join newest_verdict(report.id) as verdict on true
left join incident on incident.id = verdict.incident_id
left join incident as counted on counted.id = coalesce(incident.merged_into, incident.id)
left join newest_lead(counted.id) as crew on true
left join lateral planned_at(placed.transformer_id, $at::timestamptz) as planned on true
left join lateral (
  select interruption.ended_at as back_at
  from interruption
  where interruption.service_point_id = placed.service_point_id
    and interruption.incident_id = counted.id
  order by interruption.started_at desc
  limit 1
) as own on true
where report.follow_token = $token

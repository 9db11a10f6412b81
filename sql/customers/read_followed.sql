-- A report by the token that its caller follows it with: where it was placed, what was said of it, and the incident that it
-- counts to today. Index: report_follow_token_key; one row or none.
select
  report.id,
  report.reported_at,
  placed.service_point_id,
  transformer.name as place,
  verdict.kind,
  verdict.says,
  coalesce(incident.merged_into, incident.id) as incident_id
from report
left join lateral (
  select report_location.service_point_id, report_location.transformer_id
  from report_location
  where report_location.report_id = report.id
  order by report_location.id desc
  limit 1
) as placed on true
left join transformer on transformer.id = placed.transformer_id
left join lateral (
  select report_verdict.kind, report_verdict.says, report_verdict.incident_id
  from report_verdict
  where report_verdict.report_id = report.id
  order by report_verdict.id desc
  limit 1
) as verdict on true
left join incident on incident.id = verdict.incident_id
where report.follow_token = $token

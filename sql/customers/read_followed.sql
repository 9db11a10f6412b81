-- A report by the token that its caller follows it with: where it was placed, what was said of it, and the incident that it
-- counts to today. Index: report_follow_token_key; one row or none.
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
  coalesce(incident.merged_into, incident.id) as incident_id
from report
left join newest_location(report.id) as placed on true
left join transformer on transformer.id = placed.transformer_id
left join newest_verdict(report.id) as verdict on true
left join incident on incident.id = verdict.incident_id
where report.follow_token = $token

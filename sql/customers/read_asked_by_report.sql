-- The household that a report came from, and the incident that it was last out by. Index: report_follow_token_key,
-- report_location_report, interruption_point; one row or none.
select
  service_point.id as service_point_id,
  service_point.transformer_id,
  service_point.account_no,
  report.taken_by,
  placed.method,
  (
    select interruption.incident_id
    from interruption
    where interruption.service_point_id = service_point.id
    order by interruption.id desc
    limit 1
  ) as incident_id
from report
join newest_location(report.id) as placed on true
join service_point on service_point.id = placed.service_point_id
where report.follow_token = $token

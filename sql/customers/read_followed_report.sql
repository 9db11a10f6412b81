-- The report of this token, locked so that its pictures are counted one after the other, and the incident that it counts to.
-- Index: report_follow_token_key, report_verdict_report; one row or none.
select
  report.id,
  (
    select coalesce(incident.merged_into, incident.id)
    from report_verdict
    join incident on incident.id = report_verdict.incident_id
    where report_verdict.report_id = report.id
    order by report_verdict.id desc
    limit 1
  ) as incident_id
from report
where report.follow_token = $token
for update of report

-- Notes with reports that were answered before they were heard which incident they came to. Indices: report_verdict_report,
-- evidence_report; some hundred rows. Prepared.
update report_verdict
set incident_id = (
  select evidence.incident_id
  from evidence
  where evidence.report_id = report_verdict.report_id
  order by evidence.id desc
  limit 1
)
where report_verdict.report_id = any ($reports::text[])
  and report_verdict.incident_id is null

-- Reports of the last day that were answered and never heard: what a server that was killed had put off. Indices: report_received,
-- report_location_report, report_verdict_report, evidence_report; after a storm some hundred thousand reports are looked at.
select
  report.id as report_id,
  placed.transformer_id,
  placed.service_point_id,
  report.reported_at as at,
  report.received_at as taken_at,
  report.symptom,
  report.taken_by as taker,
  verdict.incident_id
from report
join newest_location(report.id) as placed on true
join newest_verdict(report.id) as verdict on true
where report.received_at > $now::timestamptz - interval '1 day'
  and report.symptom <> 'hazard'
  and placed.transformer_id is not null
  and verdict.rule in ('same_caller', 'open_incident', 'restored_since', 'supply_lost')
  and not exists (
    select
    from evidence
    where evidence.report_id = report.id
  )
order by report.received_at, report.id

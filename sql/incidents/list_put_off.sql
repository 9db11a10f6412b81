-- Calls of the last day that were answered and never heard: what a server that was killed had put off. Indices: report_received,
-- report_location_report, report_verdict_report, evidence_report; after a storm some hundred thousand calls are looked at.
select
  report.id as report_id,
  placed.transformer_id,
  placed.service_point_id,
  report.reported_at as at,
  report.symptom,
  report.taken_by as taker,
  verdict.incident_id
from report
join lateral (
  select report_location.transformer_id, report_location.service_point_id
  from report_location
  where report_location.report_id = report.id
  order by report_location.id desc
  limit 1
) as placed on true
join lateral (
  select report_verdict.rule, report_verdict.incident_id
  from report_verdict
  where report_verdict.report_id = report.id
  order by report_verdict.id desc
  limit 1
) as verdict on true
where report.received_at > $now::timestamptz - interval '1 day'
  and report.symptom <> 'hazard'
  and placed.transformer_id is not null
  and verdict.rule in ('same_caller', 'open_incident', 'supply_lost')
  and not exists (
    select
    from evidence
    where evidence.report_id = report.id
  )
order by report.received_at, report.id

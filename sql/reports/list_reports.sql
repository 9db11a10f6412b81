-- Reports as staff see them, newest first. Indices: report_received, report_location_report, report_verdict_report; a page.
select
  report.id,
  report.channel,
  report.account_no,
  report.meter_no,
  report.phone,
  report.address,
  case when report.geom is not null then jsonb_build_object('lon', st_x(report.geom), 'lat', st_y(report.geom)) end as location,
  report.symptom,
  report.said as text,
  report.reported_at,
  report.received_at,
  report.repeats,
  placed.located,
  coalesce(placed.candidates, '[]') as candidates,
  judged.verdict
from report
left join lateral (
  select
    case when report_location.transformer_id is not null then jsonb_strip_nulls(jsonb_build_object(
      'transformer_id', report_location.transformer_id,
      'service_point_id', report_location.service_point_id,
      'method', report_location.method,
      'distance_m', report_location.distance_m,
      'confidence', report_location.confidence
    )) end as located,
    report_location.candidates,
    report_location.transformer_id
  from newest_location(report.id) as report_location
) as placed on true
left join lateral (
  select
    jsonb_strip_nulls(jsonb_build_object(
      'kind', report_verdict.kind,
      'rule', report_verdict.rule,
      'says', report_verdict.says,
      'evidence', report_verdict.evidence,
      'incident_id', report_verdict.incident_id
    )) as verdict,
    report_verdict.kind,
    report_verdict.rule,
    report_verdict.incident_id
  from newest_verdict(report.id) as report_verdict
) as judged on true
where ($id::text is null or report.id = $id)
  and ($kind::text is null or judged.kind = $kind)
  and ($incident_id::text is null or judged.incident_id = $incident_id)
  and ($transformer_id::text is null or placed.transformer_id = $transformer_id)
  and ($since::timestamptz is null or report.received_at >= $since)
  and ($set_aside::boolean is null or (judged.rule is not distinct from 'set_aside') = $set_aside::boolean)
  and ($before::timestamptz is null or (report.received_at, report.id) < ($before::timestamptz, $before_id::text))
order by report.received_at desc, report.id desc
limit $limit

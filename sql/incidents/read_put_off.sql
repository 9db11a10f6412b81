-- What became of reports that were put off: those that nobody has heard yet, each with the incident that its caller was out by when
-- it came or is out by now. Indices: evidence_report, interruption_point, incident_pkey, each walked report by report, which the
-- limits see to; some hundred rows. Prepared.
select
  report.position::integer,
  explaining.id as incident_id,
  explaining.status
from unnest($reports::text[], $points::text[], $instants::timestamptz[], $incidents::text[])
  with ordinality as report (report_id, service_point_id, at, incident_id, position)
left join lateral (
  select true as already
  from evidence
  where evidence.report_id = report.report_id
  limit 1
) as heard on true
left join lateral (
  select interruption.incident_id
  from interruption
  where interruption.service_point_id = report.service_point_id
    and interruption.incident_id is not null
    and (interruption.ended_at is null or interruption.ended_at >= report.at)
  order by interruption.started_at desc, interruption.id desc
  limit 1
) as out_by on true
left join lateral (
  select
    incident.id,
    incident.status
  from incident
  where incident.id = coalesce(out_by.incident_id, report.incident_id)
  limit 1
) as explaining on true
where heard.already is null
order by report.position

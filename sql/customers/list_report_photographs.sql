-- The pictures sent with reports that count to an incident, oldest first, without the pictures themselves. A report counts to the
-- incident of its last verdict, or to that which it was merged into. Index: report_verdict_incident, report_verdict_report,
-- report_photograph_report; some tens of rows.
select
  photograph.id,
  photograph.report_id,
  photograph.received_at,
  photograph.media_type,
  octet_length(photograph.picture) as size_bytes
from report_photograph as photograph
join lateral (
  select coalesce(incident.merged_into, incident.id) as incident_id
  from report_verdict
  left join incident on incident.id = report_verdict.incident_id
  where report_verdict.report_id = photograph.report_id
  order by report_verdict.id desc
  limit 1
) as judged on true
where photograph.report_id in (
  select report_verdict.report_id
  from report_verdict
  where report_verdict.incident_id in (
    select incident.id
    from incident
    where incident.id = $incident_id
      or incident.merged_into = $incident_id
  )
)
  and judged.incident_id = $incident_id
order by photograph.received_at, photograph.id
limit $limit

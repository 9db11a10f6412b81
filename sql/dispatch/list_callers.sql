-- Who reported an incident, with the address and the number where they can be reached: the household's where it is known, else as the
-- caller gave them. Newest first, one row a household. Indices: report_verdict_incident, report_pkey, service_point_pkey; at most $limit
-- rows.
with called as (
  select distinct
    report_verdict.report_id as id
  from report_verdict
  where report_verdict.incident_id = $incident_id
),
caller as (
  select distinct on (coalesce(placed.service_point_id, report.id))
    report.id as report_id,
    report.reported_at,
    report.symptom,
    placed.service_point_id,
    coalesce(service_point.address, report.address) as address,
    coalesce(report.phone, service_point.phone) as phone
  from called
  join report
    on report.id = called.id
  join lateral newest_verdict(report.id) as judged
    on judged.incident_id = $incident_id
  left join lateral newest_location(report.id) as placed
    on true
  left join service_point
    on service_point.id = placed.service_point_id
  order by coalesce(placed.service_point_id, report.id), report.phone is null, report.reported_at desc, report.id
)
select
  caller.report_id,
  caller.reported_at,
  caller.symptom,
  caller.service_point_id,
  caller.address,
  caller.phone
from caller
where caller.address is not null
  or caller.phone is not null
order by caller.reported_at desc, caller.report_id
limit $limit

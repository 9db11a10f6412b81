-- Reports as Open311 requests, newest first: how each stands, in which district, and nothing of who called. A repeated call is
-- part of the first. Indices: report_received, report_verdict_report, report_location_report; at most 1,000 rows.
with judged as (
  select
    report.id,
    report.symptom,
    report.reported_at,
    case
      when incident.status in ('restored', 'closed') and report.symptom = 'hazard' then 'dealt_with'
      when incident.status in ('restored', 'closed') and incident.verified_at is null then 'to_be_verified'
      when incident.status in ('restored', 'closed') then 'restored'
      -- Unpaid, or a meter that has supply, concerns the account's holder alone: the two must look the same.
      when incident.status = 'cancelled'
        or incident.id is null and verdict.kind in ('nonpayment', 'verify_first', 'planned', 'customer_side')
        then 'answered'
      when incident.id is not null then 'out'
      else 'looking'
    end as state,
    greatest(report.received_at, verdict.at, incident.updated_at) as updated_at,
    case
      when incident.status not in ('restored', 'closed', 'cancelled') and incident.estimate_at > $at::timestamptz then incident.estimate_at
    end as estimate_at,
    place.transformer_id
  from report
  left join newest_verdict(report.id) as verdict on true
  left join newest_location(report.id) as place on true
  left join incident
    on incident.id = verdict.incident_id
  where report.repeats is null
    and ($ids::text[] is null or report.id = any ($ids::text[]))
    and ($symptoms::text[] is null or report.symptom = any ($symptoms::text[]))
    and ($since::timestamptz is null or report.reported_at >= $since::timestamptz)
    and ($until::timestamptz is null or report.reported_at <= $until::timestamptz)
)
select
  judged.id,
  judged.symptom,
  judged.state,
  case when judged.state in ('out', 'looking') then 'open' else 'closed' end as status,
  judged.reported_at,
  judged.updated_at,
  judged.estimate_at,
  district.name as district
from judged
left join transformer
  on transformer.id = judged.transformer_id
left join district
  on district.code = transformer.district_code
where $closed::boolean is null
  or (judged.state not in ('out', 'looking')) = $closed::boolean
order by judged.reported_at desc, judged.id desc
limit $limit offset $offset

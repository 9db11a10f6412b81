-- Trouble calls by id, account or phone as given, or by words of the newest $recent, newest first. Indices: report_pkey, report_account,
-- report_phone, report_received; $limit rows.
with recent as (
  select report.id, report.address, report.said
  from report
  order by report.received_at desc
  limit $recent
),
hits as (
  select report.id, 2.2::real as rank
  from report
  where report.id = $words
  union all
  (
    select report.id, 1.9::real as rank
    from report
    where report.account_no = $words
    order by report.received_at desc
    limit $limit
  )
  union all
  (
    select report.id, 1.9::real as rank
    from report
    where report.phone = any ($phones::text[])
    order by report.received_at desc
    limit $limit
  )
  union all
  (
    select recent.id, 0.9::real as rank
    from recent
    where recent.address ilike '%' || $begins
      or recent.said ilike '%' || $begins
    limit $limit
  )
),
best as (
  select hits.id, max(hits.rank) as rank
  from hits
  group by hits.id
)
select
  'report' as kind,
  report.id,
  coalesce(report.address, report.account_no, report.phone, report.said, report.id) as title,
  concat_ws(' · ', report.account_no, report.phone, report.said) as detail,
  verdict.kind as state,
  verdict.incident_id,
  report.received_at as at,
  st_x(report.geom) as lon,
  st_y(report.geom) as lat,
  best.rank
from best
join report
  on report.id = best.id
left join newest_verdict(report.id) as verdict on true
order by best.rank desc, report.received_at desc
limit $limit

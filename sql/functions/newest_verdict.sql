-- What a report was judged to mean last. Index: report_verdict_report; one row or none.
create or replace function newest_verdict(report text) returns setof report_verdict
  language sql
  stable
as $$
  select report_verdict.*
  from report_verdict
  where report_verdict.report_id = newest_verdict.report
  order by report_verdict.id desc
  limit 1
$$;

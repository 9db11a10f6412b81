-- Where a report was placed last. Index: report_location_report; one row or none.
create or replace function newest_location(report text) returns setof report_location
  language sql
  stable
as $$
  select report_location.*
  from report_location
  where report_location.report_id = newest_location.report
  order by report_location.id desc
  limit 1
$$;

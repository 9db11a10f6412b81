-- Keeps a picture with a report; no row where it has as many as it may have. Index: report_photograph_report; one row.
insert into report_photograph (id, report_id, received_at, media_type, picture)
select $id, $report_id, $received_at, $media_type, $picture::bytea
where (select count(*) from report_photograph where report_photograph.report_id = $report_id) < $most::integer

-- The incident that a report was counted to. Index: evidence (report_id by its incident); one row. Prepared.
select evidence.incident_id
from evidence
where evidence.report_id = $report_id
order by evidence.id desc
limit 1

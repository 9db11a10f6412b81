-- A report and who took it, locked so that it is placed or set aside by one at a time. Index: report_pkey; one row or none.
select report.taken_by
from report
where report.id = $id
for update

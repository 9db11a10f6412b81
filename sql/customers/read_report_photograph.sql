-- One picture. Index: report_photograph_pkey; one row.
select report_photograph.media_type, report_photograph.picture
from report_photograph
where report_photograph.id = $id

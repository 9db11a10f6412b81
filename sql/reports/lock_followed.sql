-- The report that is followed by this token, locked so that its caller places it once. Index: report_follow_token_key; one row or
-- none.
select report.id, report.taken_by
from report
where report.follow_token = $token
for update

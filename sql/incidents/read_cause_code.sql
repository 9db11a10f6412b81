-- The category of one of the utility's cause codes. Index: cause_code_pkey; one row or none.
select cause_code.category
from cause_code
where cause_code.code = $code

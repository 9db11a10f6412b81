-- The causes that the utility's people pick from, by category. Index: none; some dozens of rows.
select
  cause_code.code,
  cause_code.category,
  cause_code.zh,
  cause_code.en
from cause_code
order by cause_code.category, cause_code.code

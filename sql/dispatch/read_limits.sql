-- How long each stage may take. 36 rows.
select
  stage_limit.kind,
  stage_limit.district_kind,
  stage_limit.important,
  stage_limit.limit_s,
  stage_limit.average_s,
  stage_limit.warn_s
from stage_limit
order by stage_limit.kind, stage_limit.district_kind, stage_limit.important

-- Changes how long a stage may take. Index: stage_limit_pkey; one row.
update stage_limit
set
  limit_s = $limit_s,
  average_s = $average_s,
  warn_s = $warn_s
where stage_limit.kind = $kind
  and stage_limit.district_kind = $district_kind
  and stage_limit.important = $important

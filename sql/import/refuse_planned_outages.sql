-- The question: which planned outages end before they start, or switch off nothing? They are refused.
with gone as (
  delete from staged_planned_outage
  where ends_at <= starts_at or (coalesce(cardinality(transformer_ids), 0) = 0 and coalesce(cardinality(equipment_ids), 0) = 0)
  returning line, ends_at <= starts_at as is_backward, ends_at
)
insert into refusal
select
  'planned_outages.csv', line,
  case when is_backward then 'ends_at' else 'transformer_ids' end,
  case when is_backward then ends_at::text else '' end,
  case when is_backward then 'ends_at is not after starts_at; a later instant would be right'
    else 'neither transformer_ids nor equipment_ids names anything; at least one would be right' end
from gone;

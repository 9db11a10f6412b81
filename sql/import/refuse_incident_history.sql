-- The question: which past incidents were restored before they started? They are refused.
with gone as (
  delete from staged_incident_history where restored_at < started_at returning line, restored_at
)
insert into refusal
select
  'incident_history.csv', line, 'restored_at', restored_at::text,
  'restored_at is before started_at; the same instant or a later one would be right'
from gone;

-- The question: which planned outages switch off something that is not there? They are refused. By the primary keys.
with missing as (
  select staged.line, named.ordinality, named.column_name, named.id
  from staged_planned_outage as staged
  cross join lateral (
    select 'transformer_ids' as column_name, id, ordinality from unnest(staged.transformer_ids) with ordinality as each (id, ordinality)
    where not exists (select from transformer where transformer.id = each.id)
    union all
    select 'equipment_ids', id, ordinality from unnest(staged.equipment_ids) with ordinality as each (id, ordinality)
    where not exists (select from equipment where equipment.id = each.id)
  ) as named
),
gone as (delete from staged_planned_outage where line in (select line from missing) returning line)
insert into refusal
select distinct on (missing.line)
  'planned_outages.csv', missing.line, missing.column_name, missing.id,
  format('%s names %s, which is not there; one that is would be right', missing.column_name, missing.id)
from gone
join missing using (line)
order by missing.line, missing.column_name desc, missing.ordinality;

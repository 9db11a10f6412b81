-- The import's references to nothing: a row of `staged` whose `reference` names neither a row of the staging table `target`
-- nor one of the table `kept` is refused; an empty reference is none. Answers how many were refused. Two hash anti joins.
create or replace function refuse_references(
  staged regclass, file text, reference text, target regclass, kept regclass, target_key text, whose text
) returns integer
  language plpgsql
as $$
declare
  refused integer;
begin
  execute format(
    'with gone as (
       delete from %1$s as staged
       where staged.%2$I is not null
         and not exists (select from %3$s as target where target.%5$I = staged.%2$I)
         and not exists (select from %4$s as kept where kept.%5$I = staged.%2$I)
       returning staged.line, staged.%2$I as value
     )
     insert into refusal
     select %6$L, line, %7$L, value,
       format(''%%s is %%s, and no usable row of %%s has that %%s; one that is there would be right'', %7$L, value, %8$L, %5$L)
     from gone',
    staged, reference, target, kept, target_key, file,
    case reference when 'from_node' then case file when 'roads_edges.csv' then 'from' else reference end
                   when 'to_node' then case file when 'roads_edges.csv' then 'to' else reference end
                   else reference end,
    whose);
  get diagnostics refused = row_count;
  return refused;
end
$$;

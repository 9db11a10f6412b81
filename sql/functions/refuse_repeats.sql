-- The import's second row with one identifier: refused, the first stays. `staged` is a staging table of sql/import/stage.sql,
-- `key` the column that identifies a row there. Answers how many were refused. One hash aggregate over the table.
create or replace function refuse_repeats(staged regclass, file text, key text) returns integer
  language plpgsql
as $$
declare
  refused integer;
begin
  execute format(
    'with repeated as (select %2$I as key, min(line) as first_line from %1$s where %2$I is not null group by %2$I having count(*) > 1),
     gone as (
       delete from %1$s as staged using repeated
       where staged.%2$I = repeated.key and staged.line > repeated.first_line
       returning staged.line, repeated.key, repeated.first_line
     )
     insert into refusal
     select %3$L, line, %2$L, key, format(''%%s %%s stands on line %%s already; an identifier of its own would be right'', %2$L, key, first_line)
     from gone',
    staged, key, file);
  get diagnostics refused = row_count;
  return refused;
end
$$;

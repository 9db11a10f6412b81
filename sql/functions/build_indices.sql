-- Builds what take_indices() took.
create or replace function build_indices(definitions text[]) returns void
  language plpgsql
as $$
declare
  definition text;
begin
  foreach definition in array definitions loop
    execute definition;
  end loop;
end
$$;

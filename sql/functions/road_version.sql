-- A number that grows with every closing and every lifting of a road. A few hundred rows in a flood.
create or replace function road_version() returns integer
language sql stable as $$
  select (count(*) + count(lifted_at))::integer from road_closure
$$;

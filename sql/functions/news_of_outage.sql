-- The kinds of matter that tell of an outage while it lasts: each says all that is so, so that the latest stands for the others.
create or replace function news_of_outage() returns text[]
  language sql
  immutable
as $$
  select array['outage_known', 'crew_on_way', 'crew_changed', 'estimate_changed']
$$;

-- The planned outages of the next five weeks that leave a transformer without supply, those under way among them, the soonest first:
-- the one list of whoever asks for a place (a customer's own, a search on the public page). A few rows, five at most.
create or replace function planned_ahead(one_transformer text, at_instant timestamptz)
  returns table (id text, starts_at timestamptz, ends_at timestamptz, reason text, state text)
  language sql
  stable
as $$
  select planned.*
  from planned_above(one_transformer, at_instant) as planned
  where planned.starts_at < at_instant + interval '35 days'
  order by planned.starts_at, planned.id
  limit 5
$$;

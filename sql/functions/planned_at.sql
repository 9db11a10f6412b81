-- The planned outage that leaves a transformer without supply at an instant, or should have ended there by less than twelve
-- hours: the one truth of whoever asks (a caller's verdict, a customer's status). One row or none.
create or replace function planned_at(one_transformer text, at_instant timestamptz)
  returns table (id text, starts_at timestamptz, ends_at timestamptz, reason text, state text)
  language sql
  stable
as $$
  select planned.*
  from planned_above(one_transformer, at_instant) as planned
  where planned.starts_at <= at_instant
  order by planned.ends_at desc
  limit 1
$$;

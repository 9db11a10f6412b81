-- The planned outages of the next five weeks that leave a transformer without supply, those under way among them, the soonest first:
-- the one list of whoever asks for a place (a customer's own, a search on the public page). Index: planned_ground_transformer;
-- a few rows, five at most.
create or replace function planned_ahead(one_transformer text, at_instant timestamptz)
  returns table (id text, starts_at timestamptz, ends_at timestamptz, reason text, state text)
  language sql
  stable
as $$
  select
    planned.id,
    coalesce(planned.started_at, planned.starts_at),
    coalesce(ground.ends_at, planned.ends_at),
    planned.reason,
    planned.state
  from planned_ground as ground
  join planned_outage as planned
    on planned.id = ground.planned_outage_id
  where ground.transformer_id = one_transformer
    and ground.back_at is null
    and planned.state in ('announced', 'started')
    and coalesce(ground.ends_at, planned.ends_at) > at_instant - interval '12 hours'
    and planned.starts_at < at_instant + interval '35 days'
  order by coalesce(planned.started_at, planned.starts_at), planned.id
  limit 5
$$;

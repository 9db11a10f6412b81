-- The announced and begun planned outages that leave a transformer without supply, but those that should have ended there twelve
-- hours before the instant: what stands still by then was forgotten. Their times are those there: begun when it really was, back
-- when the last work above it is done. Inlined into whoever asks. Index: planned_ground_transformer; a few rows.
create or replace function planned_above(one_transformer text, at_instant timestamptz)
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
$$;

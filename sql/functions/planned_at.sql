-- The planned outage that leaves a transformer without supply at an instant, or should have ended there by less than twelve
-- hours: the one truth of whoever asks (a caller's verdict, a customer's status). Index: planned_ground_transformer; one row or none.
create or replace function planned_at(one_transformer text, at_instant timestamptz)
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
    and coalesce(planned.started_at, planned.starts_at) <= at_instant
    and coalesce(ground.ends_at, planned.ends_at) > at_instant - interval '12 hours'
  order by coalesce(ground.ends_at, planned.ends_at) desc
  limit 1
$$;

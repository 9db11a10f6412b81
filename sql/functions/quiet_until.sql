-- When the quiet hours that an instant falls into end, or the instant itself outside of them; they may run over midnight.
create or replace function quiet_until(at_instant timestamptz, timezone text, quiet_from time, quiet_to time) returns timestamptz
  language sql
  stable
as $$
  select
    case
      when quiet_from <= quiet_to and local_at::time >= quiet_from and local_at::time < quiet_to
        then (local_at::date + quiet_to) at time zone timezone
      when quiet_from > quiet_to and local_at::time >= quiet_from then (local_at::date + 1 + quiet_to) at time zone timezone
      when quiet_from > quiet_to and local_at::time < quiet_to then (local_at::date + quiet_to) at time zone timezone
      else at_instant
    end
  from (select at_instant at time zone timezone as local_at) as clock
$$;

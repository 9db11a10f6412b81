-- Empties a replay's database of what the storm before left, and puts the crews back where they stood. Refuses any other database.
create or replace function forget_replay() returns void
  language plpgsql
as $$
begin
  if not exists (select from exercise where exercise.reason = 'replay') then
    raise exception 'this database is not a replay''s';
  end if;
  truncate incident, report, notification, matter, evidence, interruption, assignment, crew_position, meter_state, switch_state,
    plan, clock, estimate_said, event_log, owing, past_snapshot, idempotency cascade;
  insert into standing_plan default values
  on conflict do nothing;
  update section set epoch = section.epoch + 1;
  update crew
  set
    geom = st_setsrid(st_makepoint((stood.place ->> 0)::float8, (stood.place ->> 1)::float8), 4326),
    position_at = null,
    heading = null
  from replay
  cross join lateral jsonb_each(replay.crews) as stood (id, place)
  where crew.id = stood.id;
end
$$;

-- Appends to the event log and answers the number. The shared lock, held to the end of the transaction, lets a reader that
-- sees a gap know whose transaction it is waiting for.
create or replace function append_event(
  event_name text, event_step text, subject text, incident text, who text, payload jsonb
) returns bigint
  language plpgsql
as $$
declare
  number bigint;
begin
  perform pg_advisory_xact_lock_shared(7359, 2);
  insert into event_log (name, step, subject_id, incident_id, actor, data)
  values (event_name, event_step, subject, incident, who, payload)
  returning seq into number;
  return number;
end
$$;

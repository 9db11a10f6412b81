-- The last step of a dispatcher that concerns an incident and was not taken back: none where it is a restoration or a closing of
-- more than an hour ago, by when customers have gone by the news for too long. Index: incident_step_incidents; one row or none.
create or replace function last_step(one text, now_at timestamptz) returns setof incident_step
  language sql
  stable
as $$
  select last.*
  from (
    select step.*
    from incident_step as step
    where (step.incident_ids @> array[one] or step.made_id = one)
      and step.seq is not null
      and step.undone_seq is null
    order by step.id desc
    limit 1
  ) as last
  where last.step not in ('restore', 'close')
    or last.at > now_at - interval '1 hour'
$$;

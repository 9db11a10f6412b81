-- A page of the events between two instants, after a number. Indices: event_log_at finds the ends, event_log_pkey the page.
select
  event.seq,
  event.at,
  event.name,
  event.step,
  event.subject_id,
  event.incident_id,
  event.actor,
  event.data
from event_log as event
where event.seq > greatest(
    $after::bigint,
    coalesce((
      select before.seq
      from event_log as before
      where before.at <= $from::timestamptz
      order by before.at desc, before.seq desc
      limit 1
    ), 0)
  )
  and event.seq <= (
    select last.seq
    from event_log as last
    where last.at <= $to::timestamptz
    order by last.at desc, last.seq desc
    limit 1
  )
  and event.name <> 'network'
order by event.seq
limit $limit

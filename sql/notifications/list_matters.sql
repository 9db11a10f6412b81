-- A page of matters, newest first, with their messages counted by state. Index: matter_pkey, matter_incident,
-- notification_once; up to $limit rows.
select
  matter.id,
  matter.key,
  matter.kind,
  matter.incident_id,
  matter.template,
  matter.state,
  matter.decided_by,
  matter.created_at,
  coalesce(counted.counts, '{}') as counts
from matter
left join lateral (
  select jsonb_object_agg(one.state, one.messages) as counts
  from (
    select notification.state, count(*) as messages
    from notification
    where notification.matter_id = matter.id
    group by notification.state
  ) as one
) as counted on true
where ($before::bigint is null or matter.id < $before)
  and ($incident_id::text is null or matter.incident_id = $incident_id)
  and ($state::text is null or matter.state = $state)
order by matter.id desc
limit $limit

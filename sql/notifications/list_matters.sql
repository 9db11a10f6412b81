-- A page of matters, newest first, with their messages counted by state and where they are about; with $failing only those of which
-- messages are dead. Index: matter_pkey, matter_incident, matter_planned, notification_aside, notification_once, incident_pkey,
-- planned_ground_pkey; up to $limit rows.
select
  matter.id,
  matter.key,
  matter.kind,
  matter.incident_id,
  matter.planned_outage_id,
  case when incident.id is null then planned.place else incident_summary(incident) ->> 'place' end as place,
  matter.template,
  matter.state,
  matter.decided_by,
  matter.created_at,
  coalesce(counted.counts, '{}') as counts
from matter
left join incident on incident.id = matter.incident_id
left join lateral (
  select transformer.name as place
  from planned_ground as ground
  join transformer on transformer.id = ground.transformer_id
  where ground.planned_outage_id = matter.planned_outage_id
  order by ground.customers desc, ground.transformer_id
  limit 1
) as planned on true
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
  and ($planned_outage_id::text is null or matter.planned_outage_id = $planned_outage_id)
  and ($state::text is null or matter.state = $state)
  and (not $failing::boolean or matter.id in (
    select notification.matter_id
    from notification
    where notification.state = 'dead'
  ))
order by matter.id desc
limit $limit

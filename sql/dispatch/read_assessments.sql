-- How crews, or stations, kept to their stages in a period: times from offered to finished, promises kept. Index:
-- assignment_offered; one row a crew or station.
with stage as (
  select
    case $by::text when 'station' then crew.station_id else crew.id end as subject,
    case $by::text when 'station' then crew.station_id else crew.name end as name,
    assignment.status,
    extract(epoch from assignment.accepted_at - assignment.offered_at) as accept_s,
    extract(epoch from assignment.departed_at - assignment.accepted_at) as depart_s,
    extract(epoch from assignment.arrived_at - assignment.departed_at) as travel_s,
    extract(epoch from assignment.finished_at - assignment.arrived_at) as work_s,
    extract(epoch from assignment.arrived_at - incident_heard_at(incident)) as heard_s,
    assignment.arrived_at,
    assignment.promised_at,
    assignment.role,
    incident.restored_at,
    restore_limit.limit_s as restore_limit_s
  from assignment
  join crew
    on crew.id = assignment.crew_id
  join incident
    on incident.id = assignment.incident_id
  left join stage_limit as restore_limit
    on restore_limit.kind = 'restore'
    and restore_limit.district_kind = district_kind_of(incident)
    and restore_limit.important = (incident.critical_customers > 0)
  where assignment.offered_at >= $since::timestamptz
    and assignment.offered_at < $until::timestamptz
    and ($crew_id::text is null or crew.id = $crew_id)
    and ($station_id::text is null or crew.station_id = $station_id)
)
select jsonb_build_object(
  'subject', stage.subject,
  'name', max(stage.name),
  'offered', count(*),
  'declined', count(*) filter (where stage.status = 'declined'),
  'expired', count(*) filter (where stage.status = 'expired'),
  'finished', count(*) filter (where stage.status = 'finished'),
  'accept', jsonb_build_object('mean_s', round(avg(stage.accept_s)), 'longest_s', round(max(stage.accept_s))),
  'depart', jsonb_build_object('mean_s', round(avg(stage.depart_s)), 'longest_s', round(max(stage.depart_s))),
  'travel', jsonb_build_object('mean_s', round(avg(stage.travel_s)), 'longest_s', round(max(stage.travel_s))),
  'work', jsonb_build_object('mean_s', round(avg(stage.work_s)), 'longest_s', round(max(stage.work_s))),
  'arrivals', count(stage.arrived_at),
  'arrivals_promised', count(*) filter (where stage.role = 'lead' and stage.arrived_at is not null and stage.promised_at is not null),
  'arrivals_kept', count(*) filter (where stage.role = 'lead' and stage.arrived_at <= stage.promised_at),
  'restorations_promised', count(*) filter (where stage.role = 'lead' and stage.arrived_at is not null and stage.restored_at is not null),
  'restorations_kept', count(*) filter (
    where stage.role = 'lead' and stage.restored_at <= stage.arrived_at + make_interval(secs => stage.restore_limit_s)
  ),
  'first_report_to_arrival', jsonb_build_object(
    'mean_s', round(avg(stage.heard_s) filter (where stage.role = 'lead')),
    'longest_s', round(max(stage.heard_s) filter (where stage.role = 'lead'))
  )
) as view
from stage
group by stage.subject
order by stage.subject

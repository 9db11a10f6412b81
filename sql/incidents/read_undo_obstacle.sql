-- What followed a step and stands on it: another step of its incidents, a crew's way to them, the same customers out by another
-- incident, the same device taken by another. Indices: incident_step_pkey, event_log_incident, interruption_point,
-- incident_one_open_per_device; one row or none.
with taken as (
  select
    step.*,
    array_remove(step.incident_ids || step.made_id, null) as involved
  from incident_step as step
  where step.id = $id
),
kept as (
  select interruption.*
  from taken, jsonb_populate_recordset(null::interruption, taken.before -> 'interruptions') as interruption
)
(
  select
    case event_log.name when 'assignment' then 'crew' else 'step' end as kind,
    event_log.incident_id,
    event_log.step as what
  from taken
  join event_log
    on event_log.incident_id = any (taken.involved)
    and event_log.seq > taken.seq
  where (
      event_log.name = 'incident'
      and event_log.step not in ('evidence', 'estimate', 'cause', 'verify', 'verified', 'undone')
      or event_log.name = 'assignment'
    )
    and not exists (
      select
      from incident_step as undone
      where undone.incident_ids && taken.incident_ids
        and event_log.seq > undone.seq_before
        and event_log.seq <= undone.undone_seq
    )
  order by event_log.seq
  limit 1
)
union all
(
  select
    case when other.incident_id is null then 'planned' else 'customers' end,
    coalesce(other.incident_id, other.planned_outage_id),
    other.service_point_id
  from taken
  join kept
    on true
  join interruption as other
    on other.service_point_id = kept.service_point_id
  where (other.incident_id is null or other.incident_id <> all (taken.involved))
    -- After a restoration whoever called in again may have gone on, with the very same minutes, in an incident of their own.
    and (taken.step in ('restore', 'close') or other.id not in (select kept.id from kept))
    and tstzrange(other.started_at, other.ended_at) && tstzrange(kept.started_at, kept.ended_at)
  limit 1
)
union all
(
  select
    'device',
    other.id,
    other.equipment_id
  from taken
  join jsonb_populate_recordset(null::incident, taken.before -> 'incidents') as was
    on was.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
    and not was.hazard
  join incident as other
    on other.equipment_id = was.equipment_id
    and other.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
    and not other.hazard
    and other.id <> all (taken.involved)
  limit 1
)
limit 1

-- One incident, whole: summary, evidence for and against, rivals, timeline. Indices: incident_pkey, evidence_incident,
-- event_log_incident, incident_step_incidents; one row.
select
  incident_summary(incident) as summary,
  incident.rivals,
  incident.next_check,
  incident.receipts,
  incident.cause_code,
  (
    select jsonb_build_object('count', count(*), 'last_at', max(before.started_at))
    from incident as before
    where before.equipment_id = incident.equipment_id
      and before.id <> incident.id
      and not before.hazard
      and before.status <> 'cancelled'
      and before.started_at < incident.started_at
      and before.started_at >= incident.started_at - interval '6 months'
  ) as recurring,
  (
    select jsonb_build_object(
      'asked', incident.status = 'restored' and incident.verified_at is null,
      'meters_back', count(*) filter (where meter_state.kind = 'power_on' and meter_state.at >= interruption.started_at),
      'meters_dark', count(*) filter (where meter_state.kind = 'power_off' and meter_state.at >= interruption.started_at - interval '1 hour'),
      'ping', min(interruption.service_point_id) filter (
        where incident.status in ('partly_restored', 'restored')
          and interruption.ended_at is not null
          and service_point.meter_no is not null
          and (meter_state.at is null or meter_state.at < interruption.started_at or meter_state.kind = 'power_off')
      )
    )
    from interruption
    left join service_point
      on service_point.id = interruption.service_point_id
    left join meter_state
      on meter_state.service_point_id = interruption.service_point_id
    where interruption.incident_id = incident.id
  ) as verification,
  (
    select jsonb_build_object('step', done.step, 'at', done.at, 'actor', done.actor)
    from last_step(incident.id, $now::timestamptz) as done
  ) as undoable,
  coalesce((
    select jsonb_agg(
      jsonb_build_object(
        'kind', heard.kind,
        'at', heard.at,
        'supports', heard.kind in ('report', 'power_off', 'crew', 'dispatcher') or (heard.kind = 'telemetry' and heard.state = 'open'),
        'service_point_id', heard.service_point_id,
        'transformer_id', heard.transformer_id,
        'equipment_id', heard.equipment_id,
        'report_id', heard.report_id,
        'state', heard.state
      )
      order by heard.at
    )
    from (
      select evidence.*
      from evidence
      where evidence.incident_id = incident.id
      order by evidence.at desc
      limit 500
    ) as heard
  ), '[]') as evidence,
  coalesce((
    select jsonb_agg(
      jsonb_build_object(
        'seq', step.seq, 'at', step.at, 'name', step.name, 'step', step.step, 'actor', step.actor, 'data', step.data
      )
      order by step.seq
    )
    from (
      select event_log.seq, event_log.at, event_log.name, event_log.step, event_log.actor,
        case when event_log.name = 'incident' then event_log.data - 'transformer_ids' - 'assignments' else event_log.data end as data
      from event_log
      where event_log.incident_id = incident.id
        and event_log.step <> 'position'
      order by event_log.seq desc
      limit 500
    ) as step
  ), '[]') as timeline
from incident
where incident.id = $id

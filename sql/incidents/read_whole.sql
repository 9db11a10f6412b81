-- One incident, whole: summary, evidence for and against, rivals, timeline. Indices: incident_pkey, evidence_incident,
-- event_log_incident; one row.
select
  incident_summary(incident) as summary,
  incident.rivals,
  incident.next_check,
  incident.cause_note,
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

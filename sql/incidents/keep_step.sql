-- Keeps what a dispatcher's step finds: the incidents it concerns with their interruptions, and the evidence of their sections.
-- Steps older than a day can no longer be taken back and are dropped. Indices: incident_pkey, interruption_incident,
-- evidence_live, evidence_incident, incident_step_at; a feeder's 20,000 interruptions at most.
with forgotten as (
  delete from incident_step
  where incident_step.at < $now::timestamptz - interval '1 day'
)
insert into incident_step
  (incident_id, step, incident_ids, at, actor, last_evidence_id, last_verdict_id, seq_before, before)
select
  $incident_id,
  $step,
  $incident_ids::text[],
  $now::timestamptz,
  $actor,
  coalesce((select max(evidence.id) from evidence), 0),
  coalesce((select max(report_verdict.id) from report_verdict), 0),
  coalesce((select max(event_log.seq) from event_log), 0),
  jsonb_build_object(
    'incidents', (
      select jsonb_agg(to_jsonb(incident) || jsonb_build_object('geom', incident.geom::text))
      from incident
      where incident.id = any ($incident_ids::text[])
    ),
    'interruptions', (
      select coalesce(jsonb_agg(to_jsonb(interruption)), '[]')
      from interruption
      where interruption.incident_id = any ($incident_ids::text[])
    ),
    'assignments', (
      select coalesce(jsonb_agg(jsonb_build_object('id', assignment.id, 'incident_id', assignment.incident_id, 'role', assignment.role)), '[]')
      from assignment
      where assignment.incident_id = any ($incident_ids::text[])
        and assignment.status in ('offered', 'accepted', 'en_route', 'on_site')
    ),
    'evidence', (
      select coalesce(jsonb_agg(jsonb_build_object('id', evidence.id, 'incident_id', evidence.incident_id, 'cleared_at', evidence.cleared_at)), '[]')
      from evidence
      where evidence.incident_id = any ($incident_ids::text[])
        or (evidence.section = any ($sections::text[]) and evidence.cleared_at is null)
    )
  )
returning id

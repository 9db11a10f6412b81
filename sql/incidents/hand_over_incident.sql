-- Hands everything of one incident to another: evidence and interruptions; work that is done stays where it was done.
-- The customers' minutes go along unchanged. A report goes along where it counts by now, not where it once did. Indices:
-- evidence_incident, interruption_incident, interruption_resumed_from, report_verdict_incident, report_verdict_report.
with handed_evidence as (
  update evidence
  set incident_id = $into
  where evidence.incident_id = $id
),
handed_interruptions as (
  update interruption
  set
    incident_id = case when interruption.incident_id = $id then $into else interruption.incident_id end,
    resumed_from = handed.parent,
    resumed_ended_at = case when handed.parent is not null then interruption.resumed_ended_at end
  from (
    select
      own.id,
      case
        when own.resumed_from = $into then null
        when own.resumed_from = $id then nullif($into, own.incident_id)
        else own.resumed_from
      end as parent
    from interruption as own
    where own.incident_id = $id
      or own.resumed_from = $id
  ) as handed
  where interruption.id = handed.id
),
handed_verdicts as (
  insert into report_verdict (report_id, kind, rule, says, evidence, incident_id)
  select verdict.report_id, verdict.kind, 'merged', verdict.says, verdict.evidence, $into
  from report_verdict as verdict
  where verdict.incident_id = $id
    and not exists (
      select
      from report_verdict as newer
      where newer.report_id = verdict.report_id
        and newer.id > verdict.id
    )
)
update incident
set
  status = 'cancelled',
  merged_into = $into,
  closed_at = $now,
  version = incident.version + 1,
  updated_at = $now
where incident.id = $id

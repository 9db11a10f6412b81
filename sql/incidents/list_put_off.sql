-- A transformer of each section whose open incidents have heard calls since they were last thought about: what a server that
-- was killed had put off. Indices: incident_open, evidence_calls; some hundred rows.
select distinct on (incident.section) incident.transformer_ids[1] as transformer_id
from incident
where incident.status in ('suspected', 'probable')
  and not incident.hazard
  and exists (
    select
    from evidence
    where evidence.incident_id = incident.id
      and evidence.kind = 'report'
      and evidence.cleared_at is null
      and evidence.received_at > incident.updated_at
  )
order by incident.section, incident.id

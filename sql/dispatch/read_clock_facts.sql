-- What the promise clocks are set by: each incident that is out, or restored while its crew is still there, with its lead
-- and the visits so far. Indices: incident_status_started, assignment_incident, evidence_incident; up to some thousand rows.
select
  incident.id as incident_id,
  summary.place,
  incident.status,
  incident.restored_at,
  incident.estimate_at,
  incident.call_taker,
  incident_heard_at(incident) as heard_at,
  district_kind_of(incident) as district_kind,
  incident.critical_customers > 0 as important,
  lead.id as lead_id,
  lead.crew_id,
  crew.name as crew_name,
  lead.status as lead_status,
  lead.offered_at,
  lead.answer_by,
  lead.accepted_at,
  lead.arrived_at,
  lead.arrives_at,
  visits.first_arrived_at,
  visits.last_ended_id,
  visits.last_ended_at
from incident
cross join lateral (
  select coalesce(
    (select transformer.name from transformer where transformer.id = incident.transformer_ids[1] and cardinality(incident.transformer_ids) = 1),
    incident.feeder_id,
    incident.equipment_id
  ) as place
) as summary
left join assignment as lead
  on lead.incident_id = incident.id
  and lead.role = 'lead'
  and lead.status in ('offered', 'accepted', 'en_route', 'on_site')
left join crew
  on crew.id = lead.crew_id
cross join lateral (
  select
    min(visit.arrived_at) as first_arrived_at,
    max(visit.ended_at) as last_ended_at,
    (array_agg(visit.id order by visit.ended_at desc nulls last) filter (where visit.ended_at is not null))[1] as last_ended_id
  from assignment as visit
  where visit.incident_id = incident.id
    and visit.role = 'lead'
) as visits
where incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
  or (incident.status = 'restored' and lead.status = 'on_site')

-- One incident, locked for the step that is about to be taken. Index: incident_pkey; one row.
select
  incident.id,
  incident.status,
  incident.hazard,
  incident.equipment_id,
  incident.equipment_kind,
  incident.feeder_id,
  incident.section,
  incident.transformer_ids,
  incident.started_at,
  incident.restored_at,
  incident.customers_out,
  incident.customers_affected,
  incident.parent_id,
  incident.merged_into,
  incident.version
from incident
where incident.id = $id
for update

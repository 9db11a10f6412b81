-- The ground of the incident that an assignment is for now: it may have been merged into another. Index: incident_pkey; one row.
with recursive standing as (
  select incident.id, incident.merged_into, incident.equipment_id, incident.transformer_ids
  from incident
  where incident.id = $id
  union
  select other.id, other.merged_into, other.equipment_id, other.transformer_ids
  from standing
  join incident as other on other.id = standing.merged_into
)
select standing.equipment_id, standing.transformer_ids
from standing
where standing.merged_into is null

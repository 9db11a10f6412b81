-- Confirmed incidents under ground that planned work gives back: whoever is below them stays out, and by the incident from now on.
-- Index: incident_open; a handful of rows.
select
  incident.id,
  set_interruptions(
    incident.id,
    'extend',
    array(
      select unnest(incident.transformer_ids)
      intersect
      select unnest($transformers::text[])
    ),
    null,
    $at::timestamptz
  ) as touched
from incident
where incident.section = any ($sections::text[])
  and incident.status = 'confirmed'
  and not incident.hazard
  and incident.equipment_kind not in ('lv_branch', 'meter_box', 'service_point')
  and incident.transformer_ids && $transformers::text[]

-- Devices whose last telemetry still says open although the incident behind them was restored since: somebody's word that supply is
-- back stands above a position that nobody has sent again. Index: switch_state_pkey, incident_device; a handful of rows.
select
  incident.equipment_id,
  max(incident.restored_at) as restored_at
from switch_state
join incident
  on incident.equipment_id = switch_state.equipment_id
where switch_state.state = 'open'
  and switch_state.equipment_id = any ($equipment_ids::text[])
  and incident.restored_at >= switch_state.at
  and incident.status in ('restored', 'closed')
group by incident.equipment_id

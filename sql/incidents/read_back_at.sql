-- When the last of the meters that had spoken for an incident said that supply is back; null where none did. Index:
-- evidence_live, meter_state_pkey.
select max(meter_state.at) as back_at
from evidence
join meter_state
  on meter_state.service_point_id = evidence.service_point_id
where evidence.incident_id = $incident_id
  and evidence.kind in ('report', 'power_off')
  and evidence.transformer_id = any ($transformers::text[])
  and meter_state.kind = 'power_on'
  and meter_state.at >= $since::timestamptz

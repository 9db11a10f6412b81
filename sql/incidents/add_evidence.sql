-- Adds pieces of evidence; a meter's word that was heard before adds nothing. Index: evidence_meter_once. Prepared.
insert into evidence
  (section, kind, at, service_point_id, transformer_id, equipment_id, report_id, state, commanded, symptom, incident_id, cleared_at)
select
  piece.section,
  piece.kind,
  piece.at,
  piece.service_point_id,
  piece.transformer_id,
  piece.equipment_id,
  piece.report_id,
  piece.state,
  piece.commanded,
  piece.symptom,
  piece.incident_id,
  piece.cleared_at
from jsonb_to_recordset($pieces::jsonb) as piece (
  section text,
  kind text,
  at timestamptz,
  service_point_id text,
  transformer_id text,
  equipment_id text,
  report_id text,
  state text,
  commanded boolean,
  symptom text,
  incident_id text,
  cleared_at timestamptz
)
on conflict (service_point_id, kind, at) where kind in ('power_off', 'power_on') do nothing

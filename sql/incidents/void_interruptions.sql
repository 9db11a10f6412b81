-- Takes back the interruptions of an incident that never was. Index: interruption_incident.
select set_interruptions($incident_id, 'suppose', array[]::text[], array[]::text[], $at::timestamptz) as touched

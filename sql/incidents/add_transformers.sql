-- Lists on an incident every transformer that it has interruptions at. Index: interruption_incident.
update incident
set
  transformer_ids = (
    select array_agg(distinct listed.each)
    from (
      select unnest(incident.transformer_ids) as each
      union
      select interruption.transformer_id
      from interruption
      where interruption.incident_id = incident.id
    ) as listed
  ),
  version = incident.version + 1,
  updated_at = $now
where incident.id = $id

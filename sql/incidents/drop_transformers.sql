-- Takes transformers off an incident that another incident stands for now. Index: incident_pkey; one row.
update incident
set
  transformer_ids = (
    select coalesce(array_agg(each order by position), '{}')
    from unnest(incident.transformer_ids) with ordinality as listed (each, position)
    where each <> all ($transformers::text[])
  ),
  version = incident.version + 1,
  updated_at = $now
where incident.id = $id

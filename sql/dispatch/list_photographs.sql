-- The photographs of an incident and of those merged into it, oldest first, without the pictures, or the one with an id.
-- In: incident_id or id, limit. Indices: photograph_incident, photograph_pkey; some tens of rows.
select
  photograph.id,
  photograph.assignment_id,
  photograph.incident_id,
  photograph.crew_id,
  crew.name as crew_name,
  photograph.taken_at,
  photograph.received_at,
  photograph.media_type,
  octet_length(photograph.picture) as size_bytes
from photograph
join crew
  on crew.id = photograph.crew_id
where photograph.id = $id
  or photograph.incident_id in (
    select incident.id
    from incident
    where incident.id = $incident_id
      or incident.merged_into = $incident_id
  )
order by photograph.taken_at, photograph.id
limit $limit

-- Changes the state of an incident, unless somebody else did so first. Index: incident_pkey; one row, or none for the loser.
-- Prepared.
update incident
set
  status = $status,
  confirmed_at = case when $status = 'confirmed' then coalesce(incident.confirmed_at, $now::timestamptz) else incident.confirmed_at end,
  restored_at = case when $status = 'restored' then $at::timestamptz else incident.restored_at end,
  verified_at = case when $status in ('partly_restored', 'restored') then null else incident.verified_at end,
  verified_by = case when $status in ('partly_restored', 'restored') then null else incident.verified_by end,
  closed_at = case when $status in ('closed', 'cancelled') then $now::timestamptz else incident.closed_at end,
  version = incident.version + 1,
  updated_at = $now
where incident.id = $id
  and incident.status = any ($from::text[])

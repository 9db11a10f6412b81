-- Adds a member, or changes its role and secret. Index: member_pkey; one row.
insert into member (name, role, crew_id, secret_hash)
values ($name, $role, $crew_id, $secret_hash)
on conflict (name) do update
set
  role = excluded.role,
  crew_id = excluded.crew_id,
  secret_hash = excluded.secret_hash

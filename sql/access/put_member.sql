-- Adds a member, or changes its role and secret and ends its sessions. Indices: member_pkey, session_member; one row.
with ended as (
  delete from session
  where session.member_name = $name
)
insert into member (name, role, crew_id, secret_hash, is_demo)
values ($name, $role, $crew_id, $secret_hash, $is_demo)
on conflict (name) do update
set
  role = excluded.role,
  crew_id = excluded.crew_id,
  secret_hash = excluded.secret_hash,
  is_demo = excluded.is_demo

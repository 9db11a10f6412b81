-- A member by name, with the secret's hash. Index: member_pkey; one row.
select
  member.name,
  member.role,
  member.crew_id,
  member.secret_hash
from member
where member.name = $name

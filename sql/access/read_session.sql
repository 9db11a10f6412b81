-- Whose token this is, while it lasts at $at. Index: session_pkey; one row.
select
  member.name,
  member.role,
  member.crew_id,
  session.expires_at
from session
join member on member.name = session.member_name
where session.token_hash = $token_hash
  and session.expires_at > $at::timestamptz

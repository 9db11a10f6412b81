-- Who may sign in, by name after $after. Index: member_pkey; a page of some thousand rows.
select
  member.name,
  member.role,
  member.crew_id,
  member.created_at
from member
where $after::text is null
  or member.name > $after
order by member.name
limit $most

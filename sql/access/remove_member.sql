-- Removes a member, and by cascade its sessions. Index: member_pkey; one row.
delete from member
where member.name = $name

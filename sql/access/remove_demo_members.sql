-- Removes the sign-ins that every start of the demo prints. Scan: member, some thousand rows, once a start.
delete from member
where member.is_demo

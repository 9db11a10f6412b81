-- A member's sessions are found to be ended when its secret or role changes.

create index session_member on session (member_name);

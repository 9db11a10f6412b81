-- A crew's newest work: where it was last, for ranking crews that have reported no position since.

create index assignment_crew on assignment (crew_id, ended_at);

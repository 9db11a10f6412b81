-- When the network was last imported: what tiles were drawn before that is stale. A handful of rows.
select coalesce(to_char(max(imported_at) at time zone 'utc', 'YYYYMMDDHH24MISSUS'), '0') as version
from network

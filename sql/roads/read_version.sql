-- Have the roads changed since they were read? The latest import tells; an import names its network whatever it changes.
-- Index: none, the networks are a handful. Rows: one.
select coalesce(to_char(max(imported_at) at time zone 'utc', 'YYYYMMDDHH24MISSUS'), 'none') as version
from network

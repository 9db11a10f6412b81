-- The last event in the newest kept snapshot, -1 where none is kept. Index: past_snapshot_pkey; one row.
select coalesce(max(kept.seq), -1) as seq
from past_snapshot as kept

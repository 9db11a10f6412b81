-- The newest kept snapshot that knows nothing of what came after an instant, or after an event. Indices: past_snapshot_at,
-- past_snapshot_pkey; at most one row.
select kept.seq, kept.at, kept.snapshot
from past_snapshot as kept
where kept.at <= $at::timestamptz
  and kept.seq <= $seq
order by kept.seq desc
limit 1

-- Keeps a snapshot, unless another server has kept one that is as good: with no more than $apart events before it. At most one row.
-- Index: past_snapshot_pkey.
insert into past_snapshot (seq, at, snapshot)
select $seq, $at, $snapshot::jsonb
where not exists (
  select
  from past_snapshot as kept
  where kept.seq > $seq::bigint - $apart::bigint
)
on conflict (seq) do nothing

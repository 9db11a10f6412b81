-- Which transactions have ended and how far the event log goes: what was written before `next` is all there once `oldest` has
-- reached it. Index: event_log_pkey; one row.
select
  pg_snapshot_xmin(pg_current_snapshot())::text as oldest,
  pg_snapshot_xmax(pg_current_snapshot())::text as next,
  (select coalesce(max(event.seq), 0) from event_log as event) as newest

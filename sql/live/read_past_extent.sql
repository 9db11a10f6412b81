-- How far back the log goes, and the storm that was played into this database, if any. Index: event_log_at; one row.
select
  (select event.at from event_log as event where event.name <> 'network' order by event.at limit 1) as from_at,
  (select event.at from event_log as event where event.name <> 'network' order by event.at desc limit 1) as to_at,
  (select jsonb_build_object('file', replay.file, 'policy', replay.policy) from replay) as replay

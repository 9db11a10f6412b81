-- Configures a channel anew. Index: the primary key; one row.
insert into channel_config (channel, kind, settings, rate_per_s, stopped, updated_at)
values ($channel, $kind, $settings::jsonb, $rate_per_s, $stopped, $now)
on conflict (channel) do update
set
  kind = excluded.kind,
  settings = excluded.settings,
  rate_per_s = excluded.rate_per_s,
  stopped = excluded.stopped,
  updated_at = excluded.updated_at
returning channel, kind, settings, rate_per_s, stopped, updated_at

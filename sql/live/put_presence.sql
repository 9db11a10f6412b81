-- Takes a desk's word on what it has open, forgets desks that said nothing for $expires_s, and says whether anything changed for the
-- others. Index: presence_pkey, presence_seen_at; as many rows as desks are open, $most at the most.
with gone as (
  delete from presence
  where presence.seen_at < $now::timestamptz - make_interval(secs => $expires_s::double precision)
  returning presence.screen
), before as (
  select presence.incident_id, presence.doing
  from presence
  where presence.screen = $screen
), put as (
  insert into presence as own (screen, name, incident_id, doing, since, seen_at)
  select $screen, $name, $incident_id::text, $doing::text, $now::timestamptz, $now::timestamptz
  where exists (select from before)
    or (select count(*) from presence) < $most::integer
  on conflict (screen) do update set
    name = excluded.name,
    incident_id = excluded.incident_id,
    doing = excluded.doing,
    since = case when own.incident_id is distinct from excluded.incident_id then excluded.since else own.since end,
    seen_at = excluded.seen_at
  returning own.screen
)
select
  exists (select from gone where gone.screen <> $screen)
  or exists (select from put)
    and not exists (
      select from before
      where before.incident_id is not distinct from $incident_id::text
        and before.doing is not distinct from $doing::text
    ) as is_changed

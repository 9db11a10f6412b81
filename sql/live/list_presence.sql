-- Who has an incident open at a desk now. Index: presence_seen_at; as many rows as desks are open, $most at the most.
select
  presence.screen,
  presence.name,
  presence.incident_id,
  presence.doing,
  to_char(presence.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
from presence
where presence.seen_at >= $now::timestamptz - make_interval(secs => $expires_s::double precision)
  and presence.incident_id is not null
order by presence.since, presence.screen
limit $most::integer

-- Puts a crew where its newest believed position says, which follows from its track alone, in whatever order that came in. A
-- position is doubted where no vehicle reaches it from the one before (over 200 m, faster than 50 m/s) until the one after it
-- lies within reach: a receiver that jumps for a moment moves nobody.
-- In: id. Indices: crew_pkey, crew_position_pkey; one row, twenty positions looked at.
with recent as (
  select
    latest.*,
    st_distance(latest.geom::geography, (lag(latest.geom) over track)::geography) as back_m,
    extract(epoch from latest.at - lag(latest.at) over track) as back_s,
    st_distance(latest.geom::geography, (lead(latest.geom) over track)::geography) as on_m,
    extract(epoch from lead(latest.at) over track - latest.at) as on_s
  from (
    select crew_position.*
    from crew_position
    where crew_position.crew_id = $id
    order by crew_position.at desc
    limit 20
  ) as latest
  window track as (order by latest.at)
)
update crew
set
  geom = newest.geom,
  position_at = newest.at,
  heading = newest.heading,
  speed_mps = newest.speed_mps,
  version = crew.version + 1,
  updated_at = now()
from (
  select recent.*
  from recent
  where not (
    coalesce(back_m > 200 and back_m / greatest(back_s, 1) > 50, false)
    and coalesce(on_m > 200 and on_m / greatest(on_s, 1) > 50, true)
  )
  order by recent.at desc
  limit 1
) as newest
where crew.id = $id
  and (crew.position_at is distinct from newest.at or crew.geom is distinct from newest.geom)

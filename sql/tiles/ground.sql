-- What all tiles are drawn from: its west, south, east and north in degrees, and whose it is, as the networks say.
-- No index: one pass over the transformers and districts, run once an import.
select
  st_xmin(box) as west,
  st_ymin(box) as south,
  st_xmax(box) as east,
  st_ymax(box) as north,
  (
    select string_agg(network.source || coalesce(' (' || network.licence || ')', ''), ' · ' order by network.id)
    from network
  ) as origin
from (
  select st_extent(geom) as box
  from (
    select geom from transformer
    union all
    select st_envelope(geom) from district
  ) as place
) as extent

-- The question: which neighbour takes each part that is cut off from its transformer's main part? The settled one with which
-- it shares the longest border, so that no area jumps across another. One round; the rounds end when none is left to give.
with given as (
  select distinct on (part.id) part.id, neighbour.transformer_id
  from area_part as part
  join area_part as neighbour
    on neighbour.is_settled and neighbour.transformer_id <> part.transformer_id and st_intersects(part.geom, neighbour.geom)
  cross join lateral (select st_length(st_intersection(part.geom, neighbour.geom)) as border_m) as shared
  where not part.is_settled and shared.border_m > 0.1
  order by part.id, shared.border_m desc, neighbour.id
)
update area_part set transformer_id = given.transformer_id, is_settled = true
from given
where given.id = area_part.id;

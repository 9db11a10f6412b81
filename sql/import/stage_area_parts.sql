-- The question: which parts does each transformer's ground fall into? Its claim cut to the supplied ground. The main part,
-- with most of its places, and every part with places of its own are settled: a report from there must find its transformer,
-- even where customers of two transformers live among each other. An empty part is to be given to a neighbour.
create temporary table area_part on commit drop as
with cut as (
  select area_claim.transformer_id, st_intersection(area_claim.geom, ground.geom) as geom
  from area_claim
  cross join lateral (
    select st_union(area_ground.geom) as geom from area_ground where st_intersects(area_ground.geom, area_claim.geom)
  ) as ground
  where ground.geom is not null
),
part as (
  select transformer_id, (st_dump(st_collectionextract(geom, 3))).geom from cut
),
several as (select transformer_id from part group by transformer_id having count(*) > 1),
counted as (
  select part.transformer_id, part.geom,
    case when several.transformer_id is null then 0
      else (select count(*) from area_site as site
        where site.transformer_id = part.transformer_id and st_intersects(site.geom, part.geom)) end as sites
  from part
  left join several using (transformer_id)
)
select
  row_number() over (order by transformer_id, sites desc, st_area(geom) desc, geom)::integer as id,
  transformer_id,
  sites > 0 or row_number() over (partition by transformer_id order by sites desc, st_area(geom) desc, geom) = 1 as is_settled,
  geom
from counted;

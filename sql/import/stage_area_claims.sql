-- The question: which ground is nearer to each transformer's places than to any other's? Its places' cells, dissolved: of all
-- their edges those stay that only one cell of the transformer has (neighbours share an edge to the last bit), and these
-- enclose its ground. A union of the cells took several times as long; sorted transformer by transformer, since one sort of the
-- six million edges of a city spills. Most of the time goes into finding each place's cell by GiST.
create temporary table area_claim on commit drop as
with ring as (
  select area_site.transformer_id, array_agg(st_exteriorring(area_cell.geom)) as rings
  from area_site
  join area_cell on st_intersects(area_cell.geom, area_site.geom)
  group by area_site.transformer_id
)
select ring.transformer_id, claim.geom
from ring
cross join lateral (
  select st_buildarea(st_collect(border.geom)) as geom
  from (
    select edge.geom
    from unnest(ring.rings) as each (geom)
    cross join lateral generate_series(1, st_npoints(each.geom) - 1) as place
    cross join lateral (
      select st_normalize(st_makeline(st_pointn(each.geom, place), st_pointn(each.geom, place + 1))) as geom
    ) as edge
    group by edge.geom
    having count(*) = 1
  ) as border
) as claim;

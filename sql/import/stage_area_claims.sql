-- The question: which ground is nearer to each transformer's places than to any other's? Its places' cells, dissolved.
create temporary table area_claim on commit drop as
select area_site.transformer_id, st_union(area_cell.geom) as geom
from area_site
join area_cell on st_intersects(area_cell.geom, area_site.geom)
group by area_site.transformer_id;

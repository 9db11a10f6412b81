-- The question: which ground is nearest to each place? Voronoi cells (by GEOS from a Delaunay triangulation, n log n): no gap
-- and no overlap by construction. 1.1 million places take 14 s.
create temporary table area_cell on commit drop as
select (st_dump(st_voronoipolygons(st_collect(geom order by st_x(geom), st_y(geom))))).geom
from area_site;

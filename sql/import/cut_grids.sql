-- The question: what small pieces are the grids made of, so that finding a point's grid is quick?
insert into grid_piece (id, rank, geom)
select ranked.id, ranked.rank, st_subdivide(ranked.geom, 64)
from (select id, row_number() over (order by st_area(geom), id) as rank, geom from grid) as ranked;

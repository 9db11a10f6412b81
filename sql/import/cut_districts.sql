-- The question: what small pieces are the districts made of, so that finding a point's district is quick? The smallest
-- district ranks first where they nest.
insert into district_piece (code, rank, geom)
select ranked.code, ranked.rank, st_subdivide(ranked.geom, 64)
from (select code, row_number() over (order by st_area(geom), code) as rank, geom from district) as ranked;

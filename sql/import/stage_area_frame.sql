-- The question: which plane of metres are the network's areas derived in? One about the middle of its transformers, so that
-- nearness is nearness on the ground; one row, none where the network has no transformer.
create temporary table area_frame on commit drop as
select avg(st_x(geom)) as lon, avg(st_y(geom)) as lat, 111320 * cos(radians(avg(st_y(geom)))) as lon_m, 110574.0::double precision as lat_m
from transformer
where network_id = $network_id
having count(*) > 0;

-- Closes a stretch as a dispatcher drew it.
-- In: id, shape (GeoJSON text), reason, closed_by, closed_at. Rows: one.
insert into road_closure (id, geom, reason, closed_by, closed_at)
values ($id, st_setsrid(st_geomfromgeojson($shape::text), 4326), $reason, $closed_by, $closed_at)

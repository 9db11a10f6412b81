-- The ground of a map tile in degrees, with the margin of 64 of 4096 units that lines and edges need to join across tiles.
create or replace function tile_ground(z integer, x integer, y integer) returns geometry
  language sql
  immutable
  parallel safe
  return st_transform(st_tileenvelope(z, x, y, margin => 64.0 / 4096), 4326);

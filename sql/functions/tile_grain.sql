-- Degrees of longitude that `units` of a tile's 4096 measure at zoom `z`: what may be simplified away unseen.
create or replace function tile_grain(z integer, units integer) returns double precision
  language sql
  immutable
  parallel safe
  return units * 360.0 / 4096 / (1 << z);

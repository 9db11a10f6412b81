-- Says how far the storm's clock is, for servers on the same database. One row. Index: replay_pkey.
insert into replay (file, policy, storm_at, told_at, speed, crews)
values (
  $file,
  $policy,
  $storm_at,
  $told_at,
  $speed,
  (select coalesce(jsonb_object_agg(crew.id, jsonb_build_array(st_x(crew.geom), st_y(crew.geom))), '{}') from crew)
)
on conflict (only_one) do update
set
  file = excluded.file,
  policy = excluded.policy,
  storm_at = excluded.storm_at,
  told_at = excluded.told_at,
  speed = excluded.speed

-- How far the storm's clock is. At most one row.
select replay.storm_at, replay.told_at, replay.speed
from replay

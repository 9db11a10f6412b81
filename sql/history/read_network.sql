-- The network's names and its time zone, as the snapshot has them. One row.
select
  coalesce(string_agg(network.name, ', ' order by network.id), '') as name,
  coalesce(min(network.timezone), 'Asia/Shanghai') as timezone
from network

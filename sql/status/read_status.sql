-- What is known around one service point now; see the function. One row, or none where there is no such point.
-- Prepared.
select
  facts.*,
  coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as timezone
from status_facts($service_point_id, $at) as facts

-- The question: which nodes does the network's graph have, and which feeder does each lie on? What is staged counts before
-- what is kept; the feeder of the equipment that leads to a node counts before that of equipment that leads away.
create temporary table graph_node on commit drop as
with edge as (
  select id, from_node, to_node, feeder_id, normal_state = 'open' as is_open from staged_equipment
  union all
  select id, from_node, to_node, feeder_id, normal_state = 'open' from equipment
),
touch as (
  select to_node as node, feeder_id, coalesce(is_open, false) as is_open, true as leads_here, id from edge
  union all
  select from_node, feeder_id, coalesce(is_open, false), false, id from edge
)
select distinct on (node) node, feeder_id
from touch
order by node, feeder_id is null, is_open, leads_here desc, id;

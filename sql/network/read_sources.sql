-- All sources, for the graph in memory. Some hundred rows.
select
  source.network_id || '/' || source.node as node,
  source.substation_id
from source
order by source.network_id, source.node

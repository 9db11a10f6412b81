-- All transformers, for the graph in memory. Sequential; 30,000 rows at city scale.
select
  transformer.id,
  transformer.network_id || '/' || transformer.node as node,
  transformer.feeder_id
from transformer
order by transformer.id

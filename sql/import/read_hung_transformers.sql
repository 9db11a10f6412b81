-- The question: where on the graph do the network's transformers hang?
select id, node from transformer where network_id = $network_id and node is not null order by id;

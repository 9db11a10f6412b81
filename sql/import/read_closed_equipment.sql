-- The question: which equipment of the network is normally closed, to look for rings and unfed transformers?
select id, from_node, to_node, feeder_id from equipment where network_id = $network_id and normal_state = 'closed' order by id;

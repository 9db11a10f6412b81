-- The question: which nodes of the network are fed from outside?
select node from source where network_id = $network_id order by node;

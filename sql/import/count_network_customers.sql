-- The question: how many customers does the network have?
select coalesce(sum(customers), 0) as customers from transformer where network_id = $network_id;

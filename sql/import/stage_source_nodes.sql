-- The question: which sources stand alone, with no equipment at their node? They are nodes of the graph too, without a feeder.
insert into graph_node (node)
select node from staged_source where not exists (select from graph_node where graph_node.node = staged_source.node)
union
select node from source where not exists (select from graph_node where graph_node.node = source.node);

-- The question: is there a graph at all that a transformer could hang on?
select node from graph_node limit 1;

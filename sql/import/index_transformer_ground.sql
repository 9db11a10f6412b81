-- The question: how many transformers does the planner have to reckon with?
analyze transformer_ground;
analyze transformer

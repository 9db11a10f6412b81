-- The question: none; the indices taken before the table was filled are built.
select build_indices($definitions::text[]);

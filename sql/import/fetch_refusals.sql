-- The question: which refusals come next?
fetch 10000 from refusals;

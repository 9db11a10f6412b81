-- The question: a file turns out to be refused whole: which of its rows were refused before? They are forgotten.
delete from refusal where file = $file;

-- The question: which rows of a file carry an identifier a second time? They are refused. A hash aggregate over the file.
select refuse_repeats($staged::text::regclass, $file::text, $key::text) as refused;

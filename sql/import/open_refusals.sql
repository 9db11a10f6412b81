-- The question: which rows were refused, file by file? A cursor, since a broken file may have a million.
declare refusals no scroll cursor for
select file, line, "column", value, reason from refusal order by file, line;

-- The question: how many rows of each file were refused?
select file, count(*) as refused from refusal group by file;

-- Makes sure that the sections have a row to lock. Index: section_pkey; some thousand rows, when the grid is loaded.
insert into section (name)
select unnest($names::text[])
order by 1
on conflict (name) do nothing

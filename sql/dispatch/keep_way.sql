-- Says that an assignment's way is still the quickest with the closures as they stand. Index: assignment_pkey; one row.
update assignment
set way_version = $version
where id = $id

-- One picture. Index: photograph_pkey; one row.
select
  photograph.media_type,
  photograph.picture
from photograph
where photograph.id = $id

-- A page of the crews after $after, or one, as screens show them. Indices: crew_pkey, assignment_one_active_per_crew; some
-- hundred rows.
select crew_view(crew, $at::timestamptz) as view
from crew
where ($id::text is null or crew.id = $id)
  and ($after::text is null or crew.id > $after)
order by crew.id
limit $limit

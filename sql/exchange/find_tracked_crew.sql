-- The crew that a device stands for: by its tracker_id, else the crew of that very id that has no tracker_id. The names come
-- likeliest first. Indices: crew_tracker_id_key, crew_pkey; one row.
select crew.id
from unnest($device_ids::text[]) with ordinality as named (device_id, place)
join crew
  on crew.tracker_id = named.device_id
  or (crew.id = named.device_id and crew.tracker_id is null)
order by named.place, crew.tracker_id nulls last
limit 1

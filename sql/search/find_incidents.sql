-- Incidents by number ($number: what the words mean as one, or null), id or device as given, or by the name of the transformer behind
-- them; open ones first, then the newest. Indices: incident_by_number, incident_pkey, incident_device, transformer_address; $limit rows.
with named as (
  select transformer.id, transformer.name
  from transformer
  where length(fold_address($words)) >= 2
    and transformer.address_key like '%' || fold_address($words) || '%'
  limit 50
),
hits as (
  select incident.id, 3.0::real as rank
  from incident
  where incident.number = $number::bigint
    or incident.id = $words
  union all
  (
    select incident.id, 2.0::real as rank
    from incident
    where incident.equipment_id = $words
    order by incident.started_at desc
    limit $limit
  )
  union all
  (
    select incident.id, 1.0::real as rank
    from named
    join incident
      on incident.equipment_id = named.id
    order by incident.started_at desc
    limit $limit
  )
),
best as (
  select hits.id, max(hits.rank) as rank
  from hits
  group by hits.id
)
select
  'incident' as kind,
  incident.id,
  coalesce(
    (select transformer.name from transformer where transformer.id = incident.transformer_ids[1] and cardinality(incident.transformer_ids) = 1),
    incident.feeder_id,
    incident.equipment_id
  ) as title,
  incident.number::text as detail,
  incident.status as state,
  incident.id as incident_id,
  incident.started_at as at,
  st_x(incident.geom) as lon,
  st_y(incident.geom) as lat,
  best.rank + case when incident.status in ('closed', 'cancelled') then 0 else 0.5 end as rank
from best
join incident
  on incident.id = best.id
order by rank desc, incident.started_at desc
limit $limit

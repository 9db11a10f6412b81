-- Transformers by feeder, district or words. Indices: transformer_feeder, transformer_address; a page.
select
  transformer.id,
  transformer.name,
  transformer.feeder_id,
  transformer.kva,
  transformer.owner,
  transformer.aliases,
  transformer.district_code,
  transformer.grid_id,
  transformer.customers,
  jsonb_build_object('lon', st_x(transformer.geom), 'lat', st_y(transformer.geom)) as location
from transformer
where ($feeder_id::text is null or transformer.feeder_id = $feeder_id)
  and ($district::text is null or transformer.district_code = $district)
  and (
    $words::text is null
    or transformer.id = $words
    or position(fold_address($words) in transformer.address_key) > 0
  )
  and ($after::text is null or transformer.id > $after)
order by transformer.id
limit $limit

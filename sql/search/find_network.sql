-- Transformers, feeders and devices by id or name: as given, else by what holds the words. Indices: transformer_pkey, transformer_words,
-- transformer_address, equipment_pkey, equipment_words, lv_equipment_pkey; feeders are the network's sections, some 2,000 rows read
-- whole; up to 4 times $limit rows.
(
  select
    'transformer' as kind,
    transformer.id,
    transformer.name as title,
    concat_ws(' · ', transformer.id, transformer.feeder_id) as detail,
    null::text as state,
    null::text as incident_id,
    null::timestamptz as at,
    st_x(transformer.geom) as lon,
    st_y(transformer.geom) as lat,
    case
      when lower(transformer.id) = lower($words) then 3.0
      when lower(transformer.id) like lower($begins) then 1.6
      else 0.8 + similarity(transformer.address_key, fold_address($words))
    end::real as rank
  from transformer
  where lower(transformer.id) like '%' || lower($begins)
    or (length(fold_address($words)) >= 2 and transformer.address_key like '%' || fold_address($words) || '%')
  order by rank desc, transformer.id
  limit $limit
)
union all
(
  select
    'feeder',
    section.name,
    section.name,
    null,
    null,
    null,
    null,
    st_x(head.at),
    st_y(head.at),
    case when lower(section.name) = lower($words) then 3.0 when lower(section.name) like lower($begins) then 1.8 else 1.0 end::real as rank
  from section
  cross join lateral (
    select st_startpoint(equipment.geom) as at
    from equipment
    where equipment.feeder_id = section.name
    limit 1
  ) as head
  where lower(section.name) like '%' || lower($begins)
  order by rank desc, section.name
  limit $limit
)
union all
(
  select
    'device',
    equipment.id,
    coalesce(equipment.name, equipment.id),
    concat_ws(' · ', equipment.id, equipment.feeder_id),
    equipment.kind,
    null,
    null,
    st_x(st_startpoint(equipment.geom)),
    st_y(st_startpoint(equipment.geom)),
    case
      when lower(equipment.id) = lower($words) then 3.0
      when lower(equipment.id) like lower($begins) then 1.4
      else 0.7
    end::real as rank
  from equipment
  where lower(equipment.id || ' ' || coalesce(equipment.name, '')) like '%' || lower($begins)
  order by rank desc, equipment.id
  limit $limit
)
union all
(
  select
    'device',
    lv_equipment.id,
    coalesce(lv_equipment.name, lv_equipment.id),
    concat_ws(' · ', lv_equipment.id, transformer.name),
    lv_equipment.kind,
    null,
    null,
    st_x(coalesce(lv_equipment.geom, transformer.geom)),
    st_y(coalesce(lv_equipment.geom, transformer.geom)),
    3.0::real
  from lv_equipment
  join transformer
    on transformer.id = lv_equipment.transformer_id
  where lv_equipment.id = $words
)

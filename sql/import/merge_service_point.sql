-- The question: which service points are new, which changed? By primary key; 1.8 million rows at city scale. A point without
-- coordinates lies where its transformer does; the others where transformer_ground is sure, else found by GiST in the pieces.
with placed as (
  select staged.*, st_setsrid(st_makepoint(lon, lat), 4326) as geom
  from staged_service_point as staged
),
merged as (
  insert into service_point as kept
    (id, account_no, transformer_id, lv_equipment_id, address, address_key, name, phone, meter_no, class, critical,
      connection, boundary, responsible, language, district_code, grid_id, geom)
  select
    placed.id, account_no, placed.transformer_id, lv_equipment_id, address, fold_address(address), placed.name, phone, meter_no,
    class, critical, coalesce(connection, 'connected'), coalesce(boundary, 'meter'), responsible, language,
    case when placed.geom is null then transformer.district_code when ground.district_is_sure then ground.district_code else
      (select code from district_piece as piece where st_covers(piece.geom, placed.geom) order by piece.rank limit 1) end,
    case when placed.geom is null then transformer.grid_id when ground.grid_is_sure then ground.grid_id else
      (select piece.id from grid_piece as piece where st_covers(piece.geom, placed.geom) order by piece.rank limit 1) end,
    placed.geom
  from placed
  join transformer on transformer.id = placed.transformer_id
  left join transformer_ground as ground on ground.transformer_id = placed.transformer_id
  on conflict (id) do update
  set account_no = excluded.account_no, transformer_id = excluded.transformer_id, lv_equipment_id = excluded.lv_equipment_id,
    address = excluded.address, address_key = excluded.address_key, name = excluded.name, phone = excluded.phone,
    meter_no = excluded.meter_no, class = excluded.class, critical = excluded.critical, connection = excluded.connection,
    boundary = excluded.boundary, responsible = excluded.responsible, language = excluded.language,
    district_code = excluded.district_code, grid_id = excluded.grid_id, geom = excluded.geom
  where (kept.account_no, kept.transformer_id, kept.lv_equipment_id, kept.address, kept.address_key, kept.name, kept.phone,
      kept.meter_no, kept.class, kept.critical, kept.connection, kept.boundary, kept.responsible, kept.language,
      kept.district_code, kept.grid_id, kept.geom)
    is distinct from
    (excluded.account_no, excluded.transformer_id, excluded.lv_equipment_id, excluded.address, excluded.address_key,
      excluded.name, excluded.phone, excluded.meter_no, excluded.class, excluded.critical, excluded.connection,
      excluded.boundary, excluded.responsible, excluded.language, excluded.district_code, excluded.grid_id, excluded.geom)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;

-- The question: which planned outages are new, which changed? By primary key; how far each has come is not the file's to say.
with merged as (
  insert into planned_outage as kept (id, network_id, starts_at, ends_at, reason, transformer_ids, equipment_ids)
  select id, $network_id::smallint, starts_at, ends_at, reason, coalesce(transformer_ids, '{}'), coalesce(equipment_ids, '{}')
  from staged_planned_outage
  on conflict (id) do update
  set network_id = excluded.network_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
    reason = excluded.reason, transformer_ids = excluded.transformer_ids, equipment_ids = excluded.equipment_ids
  where (kept.network_id, kept.starts_at, kept.ends_at, kept.reason, kept.transformer_ids, kept.equipment_ids)
    is distinct from
    (excluded.network_id, excluded.starts_at, excluded.ends_at, excluded.reason, excluded.transformer_ids,
      excluded.equipment_ids)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;

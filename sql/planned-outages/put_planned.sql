-- Announces a planned outage. One row.
insert into planned_outage
  (id, network_id, starts_at, ends_at, reason, transformer_ids, equipment_ids, notice, notice_waiver, parts, announced_at,
   announced_by, updated_at)
select
  $id,
  (select network.id from network order by network.id desc limit 1),
  $starts_at,
  $ends_at,
  $reason,
  $transformer_ids::text[],
  $equipment_ids::text[],
  $notice,
  $waiver,
  $parts::jsonb,
  $now::timestamptz,
  $actor,
  $now

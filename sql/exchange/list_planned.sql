-- Planned outages from a week ago on, all or those of one transformer, with the names of what is switched off. Index:
-- planned_outage_time for the open ones; some hundred rows.
select
  planned_outage.id,
  planned_outage.starts_at,
  planned_outage.ends_at,
  planned_outage.reason,
  planned_outage.state,
  coalesce(
    (
      select array_agg(transformer.name order by transformer.name)
      from transformer
      where transformer.id = any (planned_outage.transformer_ids)
    ),
    planned_outage.equipment_ids
  ) as places
from planned_outage
where planned_outage.ends_at > $at::timestamptz - interval '7 days'
  and ($transformer_id::text is null or planned_outage.transformer_ids @> array[$transformer_id::text])
order by planned_outage.starts_at, planned_outage.id
limit 2000

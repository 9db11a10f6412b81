-- Incidents restored in the last seven days, as anyone may see them. Index: incident_restored_at; up to $limit rows.
select
  incident.id,
  district.name as district,
  incident.started_at,
  incident.restored_at,
  incident.cause,
  incident.customers_affected,
  shown.names,
  shown.customers
from incident
left join district on district.code = incident.district_code
cross join lateral (
  select
    coalesce(array_agg(transformer.name order by transformer.customers desc, transformer.id), '{}') as names,
    coalesce(sum(transformer.customers), 0)::integer as customers
  from transformer
  where transformer.id = any (incident.transformer_ids)
) as shown
where incident.restored_at > $at::timestamptz - interval '7 days'
  and incident.status in ('restored', 'closed')
  and not incident.hazard
  and incident.customers_affected > 0
order by incident.restored_at desc
limit $limit

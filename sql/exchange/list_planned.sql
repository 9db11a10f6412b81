-- Planned outages from a week ago on, all, one, or those that a transformer is traced to, with the names of what is left without
-- supply and how many are served there; one that was joined into another shows as cancelled beside it. Index: planned_outage_starts, planned_ground_pkey;
-- some hundred rows.
select
  planned_outage.id,
  planned_outage.starts_at,
  case when own.ends_at is null then planned_outage.ends_at else own.ends_at end as ends_at,
  planned_outage.reason,
  case planned_outage.state when 'joined' then 'cancelled' else planned_outage.state end as state,
  ground.places,
  ground.district,
  ground.customers
from planned_outage
cross join lateral (
  select
    coalesce(array_agg(transformer.name order by transformer.name), '{}') as places,
    (array_agg(district.name order by transformer.customers desc))[1] as district,
    coalesce(sum(transformer.customers), 0)::integer as customers
  from planned_ground
  join transformer
    on transformer.id = planned_ground.transformer_id
  left join district
    on district.code = transformer.district_code
  where planned_ground.planned_outage_id = planned_outage.id
) as ground
left join planned_ground as own
  on own.planned_outage_id = planned_outage.id
  and own.transformer_id = $transformer_id::text
where planned_outage.ends_at > $at::timestamptz - interval '7 days'
  and ($transformer_id::text is null or own.transformer_id is not null)
  and ($outage_id::text is null or planned_outage.id = $outage_id)
order by planned_outage.starts_at, planned_outage.id
limit 2000

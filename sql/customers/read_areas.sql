-- What is so on the ground of some transformers, for whoever asks by an address or a name: whether anybody is out there, whether
-- anybody is not, and what work is announced. $transformer_ids, $at. Indices: transformer_pkey, service_point_transformer,
-- interruption_open_transformer, interruption_one_open, planned_ground_transformer; as many rows as transformers, a handful.
select
  transformer.id as transformer_id,
  transformer.name as place,
  transformer.customers,
  district.name as district,
  exists (
    select
    from service_point
    where service_point.transformer_id = transformer.id
      and service_point.connection = 'connected'
      and not exists (
        select
        from interruption
        where interruption.service_point_id = service_point.id
          and interruption.ended_at is null
      )
  ) as some_have_supply,
  now_planned.starts_at as planned_starts_at,
  now_planned.ends_at as planned_ends_at,
  now_planned.reason as planned_reason,
  ahead.planned
from transformer
left join district
  on district.code = transformer.district_code
left join lateral planned_at(transformer.id, $at::timestamptz) as now_planned
  on true
cross join lateral (
  select coalesce(jsonb_agg(to_jsonb(each) order by each.starts_at, each.id), '[]') as planned
  from planned_ahead(transformer.id, $at::timestamptz) as each
) as ahead
where transformer.id = any ($transformer_ids::text[])

-- Puts what a planned outage was traced to; where supply has come back already, nothing changes. Answers what is out now and was
-- not (`new`) and the other way round (`gone`). Index: planned_ground_pkey, service_point_transformer; some hundred rows.
with traced as (
  select each.transformer_id, each.ends_at
  from unnest($transformers::text[], $ends::timestamptz[]) as each (transformer_id, ends_at)
),
counted as (
  select
    traced.transformer_id,
    traced.ends_at,
    count(service_point.id)::integer as customers,
    count(service_point.critical)::integer as critical
  from traced
  left join service_point
    on service_point.transformer_id = traced.transformer_id
    and service_point.connection = 'connected'
  group by traced.transformer_id, traced.ends_at
),
gone as (
  delete from planned_ground
  where planned_ground.planned_outage_id = $id
    and planned_ground.back_at is null
    and not exists (select from traced where traced.transformer_id = planned_ground.transformer_id)
  returning planned_ground.transformer_id
),
put as (
  insert into planned_ground as kept (planned_outage_id, transformer_id, customers, critical, ends_at)
  select $id, counted.transformer_id, counted.customers, counted.critical, counted.ends_at
  from counted
  on conflict (planned_outage_id, transformer_id) do update
  set
    customers = excluded.customers,
    critical = excluded.critical,
    ends_at = excluded.ends_at
  where kept.back_at is null
  returning kept.transformer_id, xmax = 0 as is_new
)
select gone.transformer_id, 'gone' as what from gone
union all
select put.transformer_id, 'new' as what from put where put.is_new

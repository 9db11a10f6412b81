-- Who is supplied, and what the districts are called. A handful of rows of districts; transformers summed in one pass.
select
  (select coalesce(sum(transformer.customers), 0)::integer from transformer) as customers,
  coalesce((select jsonb_agg(jsonb_build_object('code', district.code, 'name', district.name) order by district.code) from district), '[]') as districts,
  coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as timezone,
  coalesce((select string_agg(network.name, '、' order by network.id) from network), '') as name

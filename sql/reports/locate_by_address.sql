-- Places whose address is most like the words given, transformers by name and alias among them. Indices: the two trigram
-- indices; at most 10 rows of either kind.
with wanted as (
  select fold_address($value) as key
),
points as (
  select
    service_point.id as service_point_id,
    service_point.transformer_id,
    service_point.address as label,
    similarity(service_point.address_key, wanted.key)::float8 as confidence
  from service_point, wanted
  where service_point.address_key <> ''
    and service_point.address_key % wanted.key
  order by similarity(service_point.address_key, wanted.key) desc, service_point.id
  limit 10
),
transformers as (
  select
    null::text as service_point_id,
    transformer.id as transformer_id,
    transformer.name as label,
    greatest(
      word_similarity(wanted.key, transformer.address_key),
      (
        select max(case when position(fold_address(alias) in wanted.key) > 0 then 0.9 else 0 end)
        from unnest(transformer.aliases || transformer.name) as alias
        where length(fold_address(alias)) >= 3
      )
    )::float8 as confidence
  from transformer, wanted
  where wanted.key <% transformer.address_key
    or transformer.address_key % wanted.key
  order by 4 desc, transformer.id
  limit 10
)
select * from points
union all
select * from transformers
order by confidence desc

-- Places that an address may mean: the addresses most alike, the transformers along what the words name, and transformers by name and
-- alias. A street is one transformer's only where all of its service points hang on it, and a name where nobody else's name or address
-- bears it; what several share, or is merely alike by name or but for its house number, stays below one half and is asked about.
-- $value: the words. Indices: service_point_address, transformer_address; at most 10 rows of each kind. 2,000 bounds the reading of a
-- whole town's addresses: no transformer supplies as many.
with wanted as (
  select fold_address($value) as key
),
nearest as (
  select
    service_point.id,
    service_point.transformer_id,
    service_point.address,
    service_point.address_key,
    similarity(service_point.address_key, wanted.key)::float8 as likeness
  from service_point, wanted
  where service_point.address_key <> ''
    and service_point.address_key % wanted.key
  order by likeness desc, service_point.id
  limit 50
),
points as (
  select
    nearest.id as service_point_id,
    nearest.transformer_id,
    nearest.address as label,
    case
      when substring(nearest.address_key from '[0-9]+') is not distinct from substring(wanted.key from '[0-9]+')
      then nearest.likeness
      else nearest.likeness / 2
    end as confidence
  from nearest, wanted
  order by confidence desc, nearest.id
  limit 10
),
bearing as (
  select
    service_point.id,
    service_point.transformer_id,
    right(service_point.address_key, length(wanted.key)) = wanted.key as is_end
  from service_point, wanted
  where service_point.address_key <> ''
    and service_point.address_key like '%' || wanted.key || '%'
    and length(wanted.key) >= 3
    and wanted.key !~ '^[0-9]'
    and substr(
      service_point.address_key,
      position(wanted.key in service_point.address_key) + length(wanted.key) - 1,
      2
    ) !~ '^[0-9]{2}$'
  limit 2000
),
along as (
  select
    bearing.transformer_id,
    case
      when count(*) = 1 then min(bearing.id)
      when count(*) filter (where bearing.is_end) = 1 then min(bearing.id) filter (where bearing.is_end)
    end as service_point_id,
    count(*)::float8 / sum(count(*)) over () as share
  from bearing
  group by bearing.transformer_id
  order by share desc, bearing.transformer_id
  limit 10
),
alike as (
  select
    transformer.id,
    transformer.name,
    word_similarity(wanted.key, transformer.address_key)::float8 as likeness,
    (
      select fold_address(alias)
      from unnest(transformer.aliases || transformer.name) as alias
      where length(fold_address(alias)) >= 3
        and position(fold_address(alias) in wanted.key) > 0
      order by length(fold_address(alias)) desc
      limit 1
    ) as said,
    length(wanted.key) >= 3 and position(wanted.key in transformer.address_key) > 0 as bears
  from transformer, wanted
  where wanted.key <% transformer.address_key
    or transformer.address_key % wanted.key
),
transformers as (
  select
    alike.id as transformer_id,
    alike.name as label,
    alike.said is not null as is_said,
    coalesce(alike.said, case when alike.bears then wanted.key end) as name_said,
    greatest(alike.likeness, case when alike.said is not null then 0.9 else 0 end) as likeness
  from alike, wanted
  order by likeness desc, alike.id
  limit 10
)
select
  points.service_point_id,
  points.transformer_id,
  points.label,
  points.confidence
from points
union all
select
  case when along.share = 1 then along.service_point_id end,
  along.transformer_id,
  transformer.name,
  case
    when along.share = 1
      and not exists (
        select 1
        from transformer as other
        where other.address_key like '%' || wanted.key || '%'
          and other.id <> along.transformer_id
      )
    then 0.95
    else along.share / 2
  end
from along
cross join wanted
join transformer
  on transformer.id = along.transformer_id
union all
select
  null,
  transformers.transformer_id,
  transformers.label,
  case
    when transformers.name_said is null
      or exists (
        select 1
        from service_point
        where service_point.address_key <> ''
          and service_point.address_key like '%' || transformers.name_said || '%'
          and service_point.transformer_id <> transformers.transformer_id
      )
      or exists (
        select 1
        from transformer as other
        where other.address_key like '%' || transformers.name_said || '%'
          and other.id <> transformers.transformer_id
      )
    then transformers.likeness / 2
    else transformers.likeness
  end
from transformers
order by confidence desc

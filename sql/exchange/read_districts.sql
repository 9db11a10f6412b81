-- The districts with their ground, to about a metre, and the customers served there. A row a district.
select
  district.code,
  district.name,
  district.kind,
  district.parent,
  st_asgeojson(district.geom, 5)::jsonb as shape,
  coalesce(sum(transformer.customers), 0)::integer as customers
from district
left join transformer
  on transformer.district_code = district.code
group by district.code
order by district.code

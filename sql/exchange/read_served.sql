-- Customers served in each district, for the feeds. One pass over the transformers; a row a district.
select
  district.code,
  district.name,
  coalesce(sum(transformer.customers), 0)::integer as customers
from district
left join transformer
  on transformer.district_code = district.code
group by district.code
order by district.code

-- Service points served, by district or feeder, or all as one; within one district or feeder where one is named. One pass over
-- the transformers, whose counts the import keeps; a row a group.
select
  case $group::text
    when 'district' then transformer.district_code
    when 'feeder' then transformer.feeder_id
  end as key,
  max(district.name) as name,
  coalesce(sum(transformer.customers), 0)::integer as customers_served
from transformer
left join district
  on $group::text = 'district'
  and district.code = transformer.district_code
where ($district::text is null or transformer.district_code = $district)
  and ($feeder::text is null or transformer.feeder_id = $feeder)
group by 1
order by 1

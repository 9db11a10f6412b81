-- What the interruptions of a period come to in each group (district, feeder, cause, month, day, or all as one), but for those
-- of the days left out. Index: interruption_time; a year of a city is some million rows, read once, given back as one row a group.
with counted as (
  select
    case $group::text
      when 'district' then interrupted.district_code
      when 'feeder' then interrupted.feeder_id
      when 'cause' then interrupted.cause
      when 'month' then to_char(interrupted.local_day, 'YYYY-MM')
      when 'day' then to_char(interrupted.local_day, 'YYYY-MM-DD')
    end as key,
    interrupted.service_point_id,
    interrupted.duration_s,
    interrupted.duration_s > $momentary_s::numeric as lasting
  from counted_interruptions($from, $to, $counted_to, $district, $feeder, $cause) as interrupted
  where not interrupted.local_day = any ($days_left_out::date[])
),
by_customer as (
  select
    counted.key,
    counted.service_point_id,
    count(*) filter (where counted.lasting) as sustained,
    count(*) filter (where not counted.lasting) as momentary,
    coalesce(sum(counted.duration_s) filter (where counted.lasting), 0) as customer_s
  from counted
  group by counted.key, counted.service_point_id
),
by_count as (
  select
    by_customer.key,
    by_customer.sustained as times,
    count(*) as customers,
    sum(by_customer.momentary) as momentary,
    sum(by_customer.customer_s) as customer_s
  from by_customer
  group by by_customer.key, by_customer.sustained
)
select
  by_count.key,
  sum(by_count.times * by_count.customers)::bigint as sustained,
  sum(by_count.customer_s) as customer_s,
  sum(by_count.momentary)::bigint as momentary,
  coalesce(
    jsonb_object_agg(by_count.times, by_count.customers) filter (where by_count.times > 0),
    '{}'
  ) as customers_by_times
from by_count
group by by_count.key
order by by_count.key

-- The local days or months that a period touches, with how much of the period lies in each. No table but the network's zone;
-- up to 400 rows.
with zone as (
  select coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as name
)
select
  to_char(days.day, case $group::text when 'month' then 'YYYY-MM' else 'YYYY-MM-DD' end) as key,
  sum(
    extract(
      epoch from least((days.day + interval '1 day') at time zone zone.name, $to::timestamptz)
        - greatest(days.day at time zone zone.name, $from::timestamptz)
    )
  ) as period_s
from zone
cross join lateral generate_series(
  date_trunc('day', $from::timestamptz at time zone zone.name),
  ($to::timestamptz at time zone zone.name) - interval '1 microsecond',
  interval '1 day'
) as days (day)
group by 1
order by 1

-- How often each stage was warned of and ran out in a period. Sequential over what was said; some thousand rows.
select
  clock.kind,
  count(*) filter (where clock.level = 'warned')::integer as warned,
  count(*) filter (where clock.level = 'escalated')::integer as escalated
from clock
where clock.at >= $from::timestamptz
  and clock.at < $to::timestamptz
group by clock.kind
order by clock.kind

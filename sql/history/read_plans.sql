-- The plans of a period, the applied one that spared the most customer-minutes against staying in home districts beside them.
-- Sequential over the plans kept; some hundred rows.
with made as (
  select
    (plan.view ->> 'made_at')::timestamptz as made_at,
    plan.applied_at,
    plan.view -> 'says' as says,
    alternative.one ->> 'policy' as against,
    (alternative.one -> 'saves' ->> 'customer_minutes')::float8 as customer_minutes,
    (alternative.one -> 'saves' ->> 'promises')::integer as promises
  from plan
  left join lateral (
    select alternative.one
    from jsonb_array_elements(plan.view -> 'alternatives') as alternative (one)
    where alternative.one ->> 'policy' = 'home_first_come'
    limit 1
  ) as alternative on true
)
select
  count(*)::integer as made,
  count(made.applied_at)::integer as applied,
  (
    array_agg(
      jsonb_build_object(
        'made_at', made.made_at, 'against', made.against, 'customer_minutes', made.customer_minutes,
        'promises', made.promises, 'says', made.says
      )
      order by made.customer_minutes desc nulls last
    ) filter (where made.applied_at is not null and made.against is not null)
  )[1] as best
from made
where made.made_at >= $from::timestamptz
  and made.made_at < $to::timestamptz

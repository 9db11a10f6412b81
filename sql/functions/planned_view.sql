-- A planned outage with the sums over its ground, as lists, the stream and the map carry it. Index: planned_ground_pkey.
create or replace function planned_view(one planned_outage, at_instant timestamptz)
  returns table (
    customers integer,
    customers_out integer,
    critical_customers integer,
    customer_hours numeric,
    overrun boolean,
    places text[],
    ground text[]
  )
  language sql
  stable
as $$
  select
    coalesce(sum(patch.customers), 0)::integer,
    coalesce(sum(patch.customers) filter (where one.state = 'started' and patch.back_at is null), 0)::integer,
    coalesce(sum(patch.critical), 0)::integer,
    coalesce(
      sum(
        patch.customers * extract(
          epoch from coalesce(
            patch.back_at,
            case when one.state = 'started' then greatest(coalesce(patch.ends_at, one.ends_at), at_instant) end,
            patch.ends_at,
            one.ends_at
          ) - coalesce(one.started_at, one.starts_at)
        ) / 3600
      ),
      0
    ),
    one.state = 'started'
      and coalesce(bool_or(patch.back_at is null and coalesce(patch.ends_at, one.ends_at) <= at_instant), false),
    coalesce((array_agg(transformer.name order by patch.customers desc, transformer.id) filter (where transformer.id is not null))[1:10], '{}'),
    coalesce(array_agg(patch.transformer_id order by patch.transformer_id) filter (where patch.transformer_id is not null), '{}')
  from planned_ground as patch
  left join transformer
    on transformer.id = patch.transformer_id
  where patch.planned_outage_id = one.id
$$;

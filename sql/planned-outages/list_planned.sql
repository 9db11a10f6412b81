-- A page of planned outages with their sums, the soonest first. Index: planned_outage_starts, planned_ground_transformer where one
-- transformer is asked for; up to $limit rows.
select planned_outage.*, view.*
from planned_outage
cross join lateral planned_view(planned_outage, $at::timestamptz) as view
where planned_outage.state = any ($states::text[])
  and ($from::timestamptz is null or planned_outage.ends_at > $from)
  and ($to::timestamptz is null or planned_outage.starts_at < $to)
  and (
    $transformer_id::text is null
    or planned_outage.id in (
      select planned_ground.planned_outage_id
      from planned_ground
      where planned_ground.transformer_id = $transformer_id
    )
  )
  and ($after::timestamptz is null or (planned_outage.starts_at, planned_outage.id) > ($after, $after_id::text))
order by planned_outage.starts_at, planned_outage.id
limit $limit

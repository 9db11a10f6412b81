-- The estimates that the model gave in a period, or (`is_plan`) the plans, each with when supply was back, if it is: the newest, for what they missed. What was merged
-- goes by what it was merged into; where nothing was out at all nothing is judged. A person's word is left out. Index:
-- estimate_said_by_model, incident_pkey; up to $limit rows.
select
  coalesce(told.merged_into, told.id) as incident_id,
  extract(epoch from said.said_at)::float8 as said_s,
  said.model_low_s as low_s,
  said.model_middle_s as estimate_s,
  said.model_high_s as high_s,
  extract(epoch from back.restored_at)::float8 as restored_s
from estimate_said as said
join incident as told on told.id = said.incident_id
join lateral (
  select case when incident.status in ('restored', 'closed') then incident.restored_at end as restored_at
  from incident
  where incident.id = coalesce(told.merged_into, told.id)
    and incident.status <> 'cancelled'
) as back on back.restored_at is null or said.said_at < back.restored_at
where said.model_middle_s is not null
  and (said.source = 'plan') = $is_plan::boolean
  and said.said_at > $since::timestamptz
  and said.said_at <= $until::timestamptz
order by said.said_at desc, said.id desc
limit $limit

-- The incidents of a period that cost the most customer-minutes. Indices: interruption_time, incident_pkey; $limit rows.
select
  incident.id,
  incident.number,
  incident_summary(incident) ->> 'place' as place,
  jsonb_build_object('lon', st_x(incident.geom), 'lat', st_y(incident.geom)) as location,
  incident.transformer_ids,
  incident.status,
  incident.cause,
  incident.customers_affected as customers,
  incident.started_at,
  (select min(assignment.arrived_at) from assignment where assignment.incident_id = incident.id) as first_arrival_at,
  incident.restored_at,
  cost.minutes as customer_minutes
from (
  select
    interruption.incident_id,
    (sum(extract(epoch from
      least(coalesce(interruption.ended_at, $to::timestamptz), $to::timestamptz)
      - greatest(interruption.started_at, $from::timestamptz)
    )) / 60)::float8 as minutes
  from interruption
  where interruption.started_at < $to::timestamptz
    and coalesce(interruption.ended_at, $to::timestamptz) > $from::timestamptz
  group by interruption.incident_id
) as cost
join incident
  on incident.id = cost.incident_id
  and incident.status <> 'cancelled'
order by cost.minutes desc, incident.id
limit $limit

-- What restoration times are learned from: the imported history and the newest incidents closed here (`own`), whose courses are in
-- the event log. Sequential over the history, incident_status_started; at most $limit rows, $own_limit of them own.
select *
from (
  select
    past.id,
    past.started_at,
    past.restored_at,
    past.customers,
    past.cause,
    past.equipment_kind,
    past.district,
    st_x(past.geom) as lon,
    st_y(past.geom) as lat,
    past.storm,
    false as own
  from incident_history as past
  union all
  (
    select
      incident.id,
      incident.started_at,
      incident.restored_at,
      incident.customers_affected,
      incident.cause,
      incident.equipment_kind,
      incident.district_code,
      st_x(incident.geom),
      st_y(incident.geom),
      null::boolean,
      true
    from incident
    where incident.status = 'closed'
      and incident.restored_at is not null
      and incident.merged_into is null
      and not incident.hazard
    order by incident.started_at desc
    limit $own_limit
  )
) as known
order by known.started_at desc
limit $limit

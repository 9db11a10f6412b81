-- What restoration times are learned from: the imported history and every incident closed here, the newest first. Sequential
-- over the history, incident_status_started; at most $limit rows.
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
    past.storm
  from incident_history as past
  union all
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
    null::boolean
  from incident
  where incident.status = 'closed'
    and incident.restored_at is not null
    and incident.merged_into is null
) as known
order by known.started_at desc
limit $limit

-- Crews that are to drive or driving to an incident by a way that was reckoned with other closures than stand now, from where to
-- where. In: limit. Index: assignment_one_active_per_crew; some hundred rows.
select
  assignment.id,
  assignment.status,
  assignment.travel_s,
  assignment.route,
  st_x(crew.geom) as lon,
  st_y(crew.geom) as lat,
  st_x(incident.geom) as to_lon,
  st_y(incident.geom) as to_lat,
  road_version() as version
from assignment
join crew
  on crew.id = assignment.crew_id
join incident
  on incident.id = assignment.incident_id
where assignment.status in ('offered', 'accepted', 'en_route')
  and assignment.way_version is distinct from road_version()
order by assignment.id
limit $limit

-- Incidents, newest first, by state, ground, district and time. Indices: incident_status_started, incident_geom; a page.
select
  incident_summary(incident) as summary,
  incident.started_at,
  incident.id
from incident
where ($statuses::text[] is null or incident.status = any ($statuses::text[]))
  and ($district::text is null or incident.district_code = $district)
  and ($since::timestamptz is null or incident.updated_at >= $since)
  and (
    $west::float8 is null
    or incident.geom && st_makeenvelope($west::float8, $south::float8, $east::float8, $north::float8, 4326)
  )
  and ($before::timestamptz is null or (incident.started_at, incident.id) < ($before::timestamptz, $before_id::text))
order by incident.started_at desc, incident.id desc
limit $limit

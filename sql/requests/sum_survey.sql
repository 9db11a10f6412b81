-- What the two questions came to: in all, by lead crew, by station and by cause. Index: survey_answer_at, incident_pkey,
-- assignment_one_lead_per_incident; a few dozen rows.
with answer as (
  select
    survey_answer.speed,
    survey_answer.told,
    coalesce(incident.cause, 'unknown') as cause,
    lead.crew_id,
    crew.name as crew_name,
    grid.station_id
  from survey_answer
  join incident on incident.id = survey_answer.incident_id
  join service_point on service_point.id = survey_answer.service_point_id
  join transformer on transformer.id = service_point.transformer_id
  left join grid on grid.id = coalesce(service_point.grid_id, transformer.grid_id)
  left join newest_lead(incident.id) as lead on true
  left join crew on crew.id = lead.crew_id
  where survey_answer.at >= $since
)
select
  side.what,
  side.key,
  side.name,
  count(*)::integer as count,
  round(avg(answer.speed), 2)::float8 as speed,
  round(avg(answer.told), 2)::float8 as told
from answer
cross join lateral (
  values
    ('all', 'all', 'all'),
    ('crew', answer.crew_id, coalesce(answer.crew_name, answer.crew_id)),
    ('station', answer.station_id, answer.station_id),
    ('cause', answer.cause, answer.cause)
) as side (what, key, name)
where side.key is not null
group by side.what, side.key, side.name
order by count(*) desc

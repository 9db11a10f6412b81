-- The interruptions that began in a period, by district, feeder and cause: what every index is added up from. One that goes on
-- is counted to the given instant; those of a planned outage count as planned. Instants are cut to milliseconds, so that a
-- reader of the list gets the very same sums.
drop function if exists counted_interruptions(timestamptz, timestamptz, timestamptz, text, text, text);
create or replace function counted_interruptions(
  from_instant timestamptz, to_instant timestamptz, counted_to timestamptz, one_district text, one_feeder text, one_cause text
)
  returns table (
    id bigint,
    incident_id text,
    planned_outage_id text,
    service_point_id text,
    transformer_id text,
    feeder_id text,
    district_code text,
    cause text,
    started_at timestamptz,
    ended_at timestamptz,
    duration_s numeric,
    local_day date
  )
  language sql
  stable
as $$
  select
    interruption.id,
    interruption.incident_id,
    interruption.planned_outage_id,
    interruption.service_point_id,
    interruption.transformer_id,
    transformer.feeder_id,
    transformer.district_code,
    case when interruption.planned_outage_id is null then coalesce(incident.cause, 'unknown') else 'planned' end,
    date_trunc('milliseconds', interruption.started_at),
    date_trunc('milliseconds', interruption.ended_at),
    greatest(
      extract(epoch from date_trunc('milliseconds', coalesce(interruption.ended_at, counted_to)))
        - extract(epoch from date_trunc('milliseconds', interruption.started_at)),
      0
    ),
    (interruption.started_at at time zone zone.name)::date
  from interruption
  left join incident
    on incident.id = interruption.incident_id
  left join transformer
    on transformer.id = interruption.transformer_id
  cross join (
    select coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as name
  ) as zone
  where interruption.started_at >= from_instant
    and interruption.started_at < to_instant
    and (interruption.planned_outage_id is not null or incident.status <> 'cancelled')
    and (one_district is null or transformer.district_code = one_district)
    and (one_feeder is null or transformer.feeder_id = one_feeder)
    and (
      one_cause is null
      or one_cause = case when interruption.planned_outage_id is null then coalesce(incident.cause, 'unknown') else 'planned' end
    )
$$;

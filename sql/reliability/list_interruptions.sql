-- The interruptions that the indices add up, in order of beginning, a page after the last one read. Index: interruption_time.
select
  interrupted.id,
  interrupted.incident_id,
  interrupted.planned_outage_id,
  interrupted.service_point_id,
  interrupted.transformer_id,
  interrupted.feeder_id,
  interrupted.district_code,
  interrupted.cause,
  interrupted.started_at,
  interrupted.ended_at,
  interrupted.duration_s,
  to_char(interrupted.local_day, 'YYYY-MM-DD') as local_day
from counted_interruptions(
  greatest($from::timestamptz, $after::timestamptz), $to, $counted_to, $district, $feeder, $cause
) as interrupted
where $after::timestamptz is null
  or (interrupted.started_at, interrupted.id) > ($after::timestamptz, $after_id::bigint)
order by interrupted.started_at, interrupted.id
limit $limit

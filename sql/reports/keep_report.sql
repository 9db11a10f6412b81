-- Keeps a trouble call as it came in, where it was placed and what it was judged to mean, and tells of it: all that is written
-- of one report, at once. One row of each. Prepared.
with kept as (
  insert into report
    (id, channel, account_no, meter_no, phone, address, geom, symptom, said, reported_at, received_at, taken_by, follow_token, repeats)
  values (
    $id, $channel, $account_no, $meter_no, $phone, $address,
    case when $lon::float8 is not null then st_setsrid(st_makepoint($lon::float8, $lat::float8), 4326) end,
    $symptom, $said, $reported_at, $now, $actor, $follow_token, $repeats
  )
),
placed as (
  insert into report_location
    (report_id, service_point_id, transformer_id, method, distance_m, confidence, candidates, located_by)
  values ($id, $service_point_id, $transformer_id, $method, $distance_m, $confidence, $candidates::jsonb, $actor)
),
judged as (
  insert into report_verdict (report_id, kind, rule, says, evidence, incident_id)
  values ($id, $kind, $rule, $says::jsonb, $evidence::jsonb, $incident_id)
)
select append_event('report', 'submitted', $id, $incident_id, $actor, $data::jsonb) as seq

-- Keeps a trouble call as it came in. One row. Prepared.
insert into report
  (id, channel, account_no, meter_no, phone, address, geom, symptom, said, reported_at, received_at, taken_by, follow_token, repeats)
values (
  $id, $channel, $account_no, $meter_no, $phone, $address,
  case when $lon::float8 is not null then st_setsrid(st_makepoint($lon::float8, $lat::float8), 4326) end,
  $symptom, $said, $reported_at, $now, $taken_by, $follow_token, $repeats
)

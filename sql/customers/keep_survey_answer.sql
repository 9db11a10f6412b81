-- A household's two marks for one incident; a second answer replaces the first. Index: survey_answer_pkey; one row.
insert into survey_answer (incident_id, service_point_id, speed, told, remark, at)
values ($incident_id, $service_point_id, $speed, $told, $remark, $at)
on conflict (incident_id, service_point_id) do update
set
  speed = excluded.speed,
  told = excluded.told,
  remark = excluded.remark,
  at = excluded.at

-- Notes where a report was placed. One row. Prepared.
insert into report_location
  (report_id, service_point_id, transformer_id, method, distance_m, confidence, candidates, located_by)
values ($report_id, $service_point_id, $transformer_id, $method, $distance_m, $confidence, $candidates::jsonb, $located_by)

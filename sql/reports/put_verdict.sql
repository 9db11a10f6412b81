-- Notes what a report was judged to mean. One row. Prepared.
insert into report_verdict (report_id, kind, rule, says, evidence, incident_id)
values ($report_id, $kind, $rule, $says::jsonb, $evidence::jsonb, $incident_id)

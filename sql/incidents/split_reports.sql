-- Gives what was heard at some transformers on one incident's account to another, cleared or not, and the reports from there that
-- count to the one by now. Indices: evidence_incident, report_verdict_incident, report_verdict_report, report_location_report; some
-- hundred rows.
with given_evidence as (
  update evidence
  set incident_id = $into
  where evidence.incident_id = $from_id
    and evidence.transformer_id = any ($transformers::text[])
    and ($points::text[] is null or evidence.service_point_id = any ($points::text[]))
)
insert into report_verdict (report_id, kind, rule, says, evidence, incident_id)
select verdict.report_id, verdict.kind, 'split', verdict.says, verdict.evidence, $into
from report_verdict as verdict
cross join lateral newest_location(verdict.report_id) as placed
where verdict.incident_id = $from_id
  and not exists (
    select
    from report_verdict as newer
    where newer.report_id = verdict.report_id
      and newer.id > verdict.id
  )
  and placed.transformer_id = any ($transformers::text[])
  and ($points::text[] is null or placed.service_point_id = any ($points::text[]))

-- Takes a dispatcher's step back: its incidents, their evidence and the reports' verdicts become what they were before it.
-- Evidence that came since and was explained by it alone counts again. Called where nothing that followed stands on the step.
create or replace function undo_step(one bigint, now_at timestamptz) returns void
  language plpgsql
as $$
declare
  taken incident_step;
begin
  select * into strict taken from incident_step where id = one;

  update evidence
  set
    incident_id = kept.incident_id,
    cleared_at = kept.cleared_at
  from jsonb_to_recordset(taken.before -> 'evidence') as kept (id bigint, incident_id text, cleared_at timestamptz)
  where evidence.id = kept.id;

  update evidence
  set
    incident_id = null,
    cleared_at = null
  where evidence.id > taken.last_evidence_id
    and evidence.incident_id = any (array_remove(taken.incident_ids || taken.made_id, null))
    and evidence.kind in ('report', 'power_off');

  -- Of two incidents that exchanged a device neither may take it while the other still has it.
  update incident
  set status = 'cancelled'
  where incident.id = any (taken.incident_ids);

  update incident
  set
    status = was.status,
    equipment_id = was.equipment_id,
    equipment_kind = was.equipment_kind,
    feeder_id = was.feeder_id,
    district_code = was.district_code,
    transformer_ids = was.transformer_ids,
    probability = was.probability,
    rivals = was.rivals,
    next_check = was.next_check,
    receipts = was.receipts,
    started_at = was.started_at,
    confirmed_at = was.confirmed_at,
    restored_at = was.restored_at,
    verified_at = was.verified_at,
    verified_by = was.verified_by,
    closed_at = was.closed_at,
    merged_into = was.merged_into,
    geom = was.geom,
    version = incident.version + 1,
    updated_at = now_at
  from jsonb_populate_recordset(null::incident, taken.before -> 'incidents') as was
  where incident.id = was.id;

  perform put_back_interruptions(taken.before -> 'interruptions', taken.incident_ids);

  insert into report_verdict (report_id, kind, rule, says, evidence, incident_id)
  select before.report_id, before.kind, 'undone', before.says, before.evidence, before.incident_id
  from (
    select distinct moved.report_id
    from report_verdict as moved
    where moved.id > taken.last_verdict_id
      and moved.rule = 'merged'
      and moved.incident_id = any (taken.incident_ids)
  ) as moved
  join lateral (
    select report_verdict.*
    from report_verdict
    where report_verdict.report_id = moved.report_id
      and report_verdict.id <= taken.last_verdict_id
    order by report_verdict.id desc
    limit 1
  ) as before on true;
end
$$;

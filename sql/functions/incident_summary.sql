-- An incident in the shape of the contract's IncidentSummary: what lists, the stream and the map carry. In PL/pgSQL, which plans
-- a body once a connection; an SQL function's would be planned at every step of every incident.
create or replace function assignment_view(one assignment) returns jsonb
  language plpgsql
  stable
  set enable_seqscan = off
as $$
begin
  return (select jsonb_build_object(
    'id', one.id,
    'incident_id', one.incident_id,
    'crew_id', one.crew_id,
    'crew_name', crew.name,
    'role', one.role,
    'status', one.status,
    'offered_at', one.offered_at,
    'answer_by', one.answer_by,
    'accepted_at', one.accepted_at,
    'departed_at', one.departed_at,
    'arrived_at', one.arrived_at,
    'finished_at', one.finished_at,
    'ended_at', one.ended_at,
    'reason', one.reason,
    'travel_s', one.travel_s,
    'distance_m', one.distance_m,
    'method', one.method,
    'crosses_boundary', one.crosses_boundary,
    'arrives_at', one.arrives_at,
    'promised_at', one.promised_at,
    'automatic', one.offered_by like 'auto:%',
    'plan_id', one.plan_id,
    'handed_from', one.handed_from,
    'findings', one.findings,
    'help', (
      select jsonb_build_object('id', help_request.id, 'asked_at', help_request.asked_at, 'reason', help_request.reason)
      from help_request
      where help_request.assignment_id = one.id
        and help_request.answered_at is null
    )
  )
  from crew
  where crew.id = one.crew_id);
end
$$;

create or replace function incident_summary(one incident) returns jsonb
  language plpgsql
  stable
  set enable_seqscan = off
as $$
begin
  return jsonb_build_object(
    'id', one.id,
    'number', one.number,
    'status', one.status,
    'hazard', one.hazard,
    'equipment', jsonb_build_object('id', one.equipment_id, 'kind', one.equipment_kind),
    'feeder_id', one.feeder_id,
    'district_code', one.district_code,
    'place', coalesce(
      (select transformer.name from transformer where transformer.id = one.transformer_ids[1] and cardinality(one.transformer_ids) = 1),
      one.feeder_id,
      one.equipment_id
    ),
    'location', jsonb_build_object('lon', st_x(one.geom), 'lat', st_y(one.geom)),
    'transformer_ids', to_jsonb(one.transformer_ids),
    'customers_affected', one.customers_affected,
    'customers_out', one.customers_out,
    'critical_customers', one.critical_customers,
    'started_at', one.started_at,
    'confirmed_at', one.confirmed_at,
    'restored_at', one.restored_at,
    'verified_at', one.verified_at,
    'verified_by', one.verified_by,
    'cause', one.cause,
    'probability', round(one.probability::numeric, 4),
    'estimate', case when one.estimate_at is not null then jsonb_build_object(
      'at', one.estimate_at, 'low', one.estimate_low, 'high', one.estimate_high, 'source', one.estimate_source
    ) end,
    'parent_id', one.parent_id,
    'merged_into', one.merged_into,
    'call_taker', one.call_taker,
    'reports', (
      select count(*)
      from evidence
      where evidence.incident_id = one.id
        and evidence.kind = 'report'
    ),
    'assignments', coalesce((
      select jsonb_agg(assignment_view(assignment) order by assignment.offered_at)
      from assignment
      where assignment.incident_id = one.id
        and assignment.status in ('offered', 'accepted', 'en_route', 'on_site', 'finished')
    ), '[]'),
    'version', one.version,
    'updated_at', one.updated_at
  );
end
$$;

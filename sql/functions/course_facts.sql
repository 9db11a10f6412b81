-- What the estimates take from an incident's event, out of the whole incident as it stood then: read once, not once a field.
create or replace function course_facts(told jsonb) returns jsonb
  language plpgsql
  immutable
as $$
begin
  return (
    select jsonb_build_object(
      'id', one.id,
      'status', one.status,
      'hazard', one.hazard,
      'equipment', one.equipment,
      'district_code', one.district_code,
      'location', one.location,
      'customers_out', one.customers_out,
      'started_at', one.started_at,
      'restored_at', one.restored_at,
      'cause', one.cause,
      'estimate', one.estimate,
      'assignments', coalesce((
        select jsonb_agg(jsonb_build_object('role', crew.role, 'status', crew.status, 'arrives_at', crew.arrives_at))
        from jsonb_to_recordset(one.assignments) as crew (role text, status text, arrives_at text)
        where crew.role = 'lead'
      ), '[]')
    )
    from jsonb_to_record(told) as one (
      id text, status text, hazard boolean, equipment jsonb, district_code text, location jsonb, customers_out integer,
      started_at text, restored_at text, cause text, estimate jsonb, assignments jsonb
    )
  );
end
$$;

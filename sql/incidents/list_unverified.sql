-- Restored incidents of the last day, closed or not, that nobody has verified, and what their customers' meters and answers have said since:
-- a page, the oldest first. The newest word of each customer counts. Indices: incident_unverified, interruption_incident,
-- meter_state_pkey, supply_answer_pkey.
select
  incident.id,
  incident.restored_at,
  counted.customers,
  counted.transformers,
  counted.back,
  counted.dark,
  counted.transformers_back,
  exists (
    select
    from incident as nested
    where nested.parent_id = incident.id
      and nested.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
  ) as still_out
from incident
cross join lateral (
  select
    count(*)::integer as customers,
    count(distinct interruption.transformer_id)::integer as transformers,
    (count(*) filter (where word.has_supply))::integer as back,
    (count(*) filter (where not word.has_supply))::integer as dark,
    (count(distinct interruption.transformer_id) filter (where word.has_supply))::integer as transformers_back
  from interruption
  left join lateral (
    select said.has_supply
    from (
      select meter_state.kind = 'power_on' as has_supply, meter_state.at
      from meter_state
      where meter_state.service_point_id = interruption.service_point_id
      union all
      select supply_answer.has_supply, supply_answer.at
      from supply_answer
      where supply_answer.incident_id = incident.id
        and supply_answer.service_point_id = interruption.service_point_id
    ) as said
    where said.at >= case when said.has_supply then interruption.started_at else interruption.ended_at end
    order by said.at desc
    limit 1
  ) as word on true
  where interruption.incident_id = incident.id
) as counted
where incident.status in ('restored', 'closed')
  and incident.verified_at is null
  and not incident.hazard
  and incident.restored_at > $now::timestamptz - interval '1 day'
  and ($after::timestamptz is null or (incident.restored_at, incident.id) > ($after, $after_id))
order by incident.restored_at, incident.id
limit $limit

-- Incidents that anyone may see: those that leave customers out, and those restored in the last hours, closed ones until they are
-- verified. Which areas are out, by transformer; hazards and single wires are no loss of supply. Indices: incident_status_started,
-- incident_unverified, interruption_incident; up to some thousand rows.
select
  incident.id,
  case when incident.status = 'closed' then 'restored' else incident.status end as status,
  incident.equipment_kind,
  incident.feeder_id,
  incident.district_code,
  district.name as district,
  incident.customers_affected,
  incident.customers_out,
  incident.started_at,
  incident.restored_at,
  incident.verified_at is not null as verified,
  incident.estimate_at,
  incident.estimate_low,
  incident.estimate_high,
  incident.estimate_source,
  incident.cause,
  incident.updated_at,
  crew.status as crew,
  crew.arrives_at as crew_arrives_at,
  shown.transformer_ids,
  shown.names,
  shown.customers
from incident
left join district on district.code = incident.district_code
left join newest_lead(incident.id) as crew on true
cross join lateral (
  select
    coalesce(array_agg(transformer.id order by transformer.id), '{}') as transformer_ids,
    coalesce(array_agg(transformer.name order by transformer.customers desc, transformer.id), '{}') as names,
    coalesce(sum(transformer.customers), 0)::integer as customers
  from transformer
  where transformer.id = any (
      case
        when incident.customers_out = 0 then incident.transformer_ids
        else array(
          select distinct interruption.transformer_id
          from interruption
          where interruption.incident_id = incident.id
            and interruption.ended_at is null
        )
      end
    )
) as shown
where not incident.hazard
  and incident.customers_affected > 0
  and (
    incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
    or (incident.status = 'restored' and incident.restored_at > $at::timestamptz - interval '3 hours')
    or (
      incident.status = 'closed'
      and incident.verified_at is null
      and incident.restored_at > $at::timestamptz - interval '3 hours'
    )
  )
order by incident.customers_out desc, incident.started_at
limit 2000

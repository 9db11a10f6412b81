-- Open incidents of a device of medium voltage, the largest first, and which of their transformers have everybody back. Inputs:
-- $limit. Indices: incident_status_started, interruption_incident; some hundred rows in a storm.
select
  incident.id,
  incident.status,
  incident.version,
  incident.equipment_id,
  case when incident.status = 'partly_restored' then array(
    select unnest(incident.transformer_ids)
    except
    select interruption.transformer_id
    from interruption
    where interruption.incident_id = incident.id
      and interruption.ended_at is null
  ) else '{}' end as back_ids
from incident
where incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
  and incident.merged_into is null
  and incident.equipment_kind in ('breaker', 'recloser', 'switch', 'fuse', 'line')
order by incident.customers_out desc, incident.id
limit $limit

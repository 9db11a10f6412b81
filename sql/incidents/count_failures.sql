-- Failures by kind of device since an instant: what is closed here, and the imported history. Work that was planned, and the loss
-- of the supply above, are no failures of a device. Indices: incident_status_started, sequential over the history; nine rows.
select
  failed.kind,
  count(*)::integer as failures
from (
  select incident.equipment_kind as kind
  from incident
  where incident.status = 'closed'
    and incident.started_at >= $since::timestamptz
    and incident.restored_at is not null
    and incident.merged_into is null
    and not incident.hazard
    and coalesce(incident.cause, 'unknown') not in ('planned', 'power_supply', 'customer_equipment')
  union all
  select past.equipment_kind
  from incident_history as past
  where past.started_at >= $since::timestamptz
    and past.equipment_kind is not null
    and coalesce(past.cause, 'unknown') not in ('planned', 'power_supply', 'customer_equipment')
) as failed
group by failed.kind
order by failed.kind

-- Incidents that a switched-on class sends a crew to by itself: known for more than a suspicion, without a lead, and not
-- taken in hand by a person since (withdrawn or finished). Indices: incident_status_started, assignment_incident.
select
  incident.id
from incident
where incident.status in ('probable', 'confirmed', 'partly_restored')
  and case
    when incident.hazard then 'hazard'
    when incident.equipment_kind in ('lv_branch', 'meter_box') then 'low_voltage'
    when incident.equipment_kind = 'service_point' then 'single_customer'
    when incident.equipment_kind = 'transformer' then 'transformer'
    else 'medium_voltage'
  end = any ($classes::text[])
  and not exists (
    select
    from assignment
    where assignment.incident_id = incident.id
      and assignment.role = 'lead'
      and assignment.status in ('offered', 'accepted', 'en_route', 'on_site', 'withdrawn', 'finished')
  )
order by incident.hazard desc, incident.critical_customers > 0 desc, incident.customers_out desc, incident.id
limit $limit

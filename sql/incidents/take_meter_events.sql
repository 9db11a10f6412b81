-- Takes a batch of meters' words in: whose they are, which are news, and what each is compared with; `is_weighed` where the meter's
-- word that it is dark stands with the model. Indices: service_point_meter, meter_state_pkey, interruption_one_open,
-- evidence_meter_once; up to 10,000 rows.
with said as (
  select
    event.position,
    event.meter_no,
    event.kind,
    event.at
  from unnest($meters::text[], $kinds::text[], $instants::timestamptz[]) with ordinality as event (meter_no, kind, at, position)
),
placed as (
  select distinct on (said.position)
    said.position,
    said.kind,
    said.at,
    service_point.id as service_point_id,
    service_point.transformer_id,
    coalesce(transformer.feeder_id, 'transformer:' || transformer.id) as section,
    service_point.connection = 'connected' as is_connected,
    known.kind as known_kind,
    known.at as known_at,
    interruption.incident_id,
    interruption.planned_outage_id,
    said.kind = 'power_off' and known.kind = 'power_off' and exists (
      select
      from evidence
      where evidence.service_point_id = service_point.id
        and evidence.kind = 'power_off'
        and evidence.cleared_at is null
    ) as is_weighed
  from said
  join service_point
    on service_point.meter_no = said.meter_no
  join transformer
    on transformer.id = service_point.transformer_id
  -- Limits keep both a walk of their index for each meter: while nothing is known of tables that a storm has just filled, a join
  -- would be planned to read them whole.
  left join lateral (
    select meter_state.kind, meter_state.at
    from meter_state
    where meter_state.service_point_id = service_point.id
    limit 1
  ) as known on true
  left join lateral (
    select open_one.incident_id, open_one.planned_outage_id
    from interruption as open_one
    where open_one.service_point_id = service_point.id
      and open_one.ended_at is null
    limit 1
  ) as interruption on true
  order by said.position, service_point.id
)
select
  placed.position::integer,
  placed.kind,
  placed.at,
  placed.service_point_id,
  placed.transformer_id,
  placed.section,
  placed.is_connected,
  placed.known_kind,
  placed.known_at,
  placed.incident_id,
  placed.planned_outage_id,
  coalesce(placed.is_weighed, false) as is_weighed,
  incident.status as incident_status,
  incident.equipment_kind as incident_kind
from placed
left join incident
  on incident.id = placed.incident_id
order by placed.position

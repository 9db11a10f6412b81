-- What a screen begins with: open incidents, those restored in the last hours, all crews, the districts. Indices:
-- incident_status_started; up to some thousand incidents and some hundred crews.
select jsonb_build_object(
  'exercise', exists (select from exercise),
  'network', (
    select jsonb_build_object(
      'name', coalesce(string_agg(network.name, ', ' order by network.id), ''),
      'timezone', coalesce(min(network.timezone), 'Asia/Shanghai'),
      'bbox', (
        select jsonb_build_array(st_xmin(ground.box), st_ymin(ground.box), st_xmax(ground.box), st_ymax(ground.box))
        from (
          select st_extent(transformer.geom) as box
          from transformer
          where transformer.network_id = (select max(latest.id) from network as latest)
        ) as ground
        where ground.box is not null
      )
    )
    from network
  ),
  'districts', (
    select coalesce(jsonb_agg(jsonb_build_object('code', district.code, 'name', district.name, 'kind', district.kind) order by district.code), '[]')
    from district
  ),
  'incidents', (
    select coalesce(jsonb_agg(incident_summary(incident) order by incident.started_at), '[]')
    from incident
    where incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
      or (incident.status = 'restored' and incident.restored_at > $at::timestamptz - interval '6 hours')
  ),
  'crews', (
    select coalesce(jsonb_agg(crew_view(crew, $at::timestamptz) order by crew.id), '[]')
    from crew
  )
) as snapshot

-- Whether some ground is just where an incident's customers are: all whom it counts are on it, and everyone there is known to be
-- out, or was by this very incident until it was restored in part. Indices: interruption_incident, service_point_transformer,
-- interruption_point; a feeder's 20,000 customers at most.
select
  not exists (
    select
    from interruption
    where interruption.incident_id = incident.id
      and not case
        when $points::text[] is null then interruption.transformer_id = any ($transformers::text[])
        else interruption.service_point_id = any ($points::text[])
      end
  )
  and not exists (
    select
    from connected_points($transformers::text[], $points::text[]) as wanted
    where not exists (
      select
      from interruption
      where interruption.service_point_id = wanted.id
        and (
          interruption.ended_at is null
          or (incident.status = 'partly_restored' and interruption.incident_id = incident.id)
        )
    )
  ) as is_known_out
from incident
where incident.id = $incident_id

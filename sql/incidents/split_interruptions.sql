-- Gives one incident's interruptions at some transformers to another, minutes unchanged. Index: interruption_incident.
with given as (
  update interruption
  set incident_id = $into
  where interruption.incident_id = $from_id
    and interruption.transformer_id = any ($transformers::text[])
    and ($points::text[] is null or interruption.service_point_id = any ($points::text[]))
  returning 1
)
select count(*)::integer as given from given

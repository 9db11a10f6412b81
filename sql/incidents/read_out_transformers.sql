-- Which transformers still have customers out by an incident. Index: interruption_incident; up to a feeder's transformers.
select
  interruption.transformer_id,
  count(*)::integer as customers_out
from interruption
where interruption.incident_id = $incident_id
  and interruption.ended_at is null
group by interruption.transformer_id

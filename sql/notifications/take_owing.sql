-- Takes the incidents whose news is to be written out, the longest waiting first, with when it was last noted. Whoever writes out
-- holds the lock meanwhile: two at once could both find a customer untold who went from one incident to another. Index:
-- owing_pkey; 100 notes at a time, of which many are of the same incident.
with turn as materialized (
  select pg_advisory_xact_lock(7359, 4)
),
taken as (
  delete from owing
  where owing.id in (
    select due.id
    from turn
    cross join owing as due
    order by due.id
    limit 100
  )
  returning owing.incident_id, owing.at
)
select
  taken.incident_id,
  max(taken.at) as at,
  bool_or(incident.status = 'cancelled' and incident.merged_into is null) as withdrawn,
  bool_or(incident.status = 'confirmed') as confirmed
from taken
left join incident
  on incident.id = taken.incident_id
group by taken.incident_id
order by max(taken.at)

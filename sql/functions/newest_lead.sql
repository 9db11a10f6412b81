-- The lead crew's assignment that stands or is finished, the newest. Index: assignment_incident; one row or none.
create or replace function newest_lead(incident text) returns setof assignment
  language sql
  stable
as $$
  select assignment.*
  from assignment
  where assignment.incident_id = newest_lead.incident
    and assignment.role = 'lead'
    and assignment.status in ('accepted', 'en_route', 'on_site', 'finished')
  order by assignment.offered_at desc
  limit 1
$$;

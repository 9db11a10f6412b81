-- What a plan has to decide: the incidents nobody leads, and the crews on shift with nothing to do, as texts to compare. Indices:
-- incident_status_started, assignment_one_active_per_crew; one row.
select
  (
    select coalesce(string_agg(incident.id || incident.version, ' ' order by incident.id), '')
    from incident
    where incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
      and not exists (
        select
        from assignment
        where assignment.incident_id = incident.id
          and assignment.role = 'lead'
          and assignment.status in ('offered', 'accepted', 'en_route', 'on_site')
      )
  ) as waiting,
  (
    select coalesce(string_agg(crew.id, ' ' order by crew.id), '')
    from crew
    where crew_on_shift(crew, $at::timestamptz)
      and not exists (
        select
        from assignment
        where assignment.crew_id = crew.id
          and assignment.status in ('offered', 'accepted', 'en_route', 'on_site')
      )
  ) as free

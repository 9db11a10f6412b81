-- The latest day before $before that the imported history calls a storm, where the indices know no major event day. A scan of
-- incident_history; one row or none.
select to_char((incident_history.started_at at time zone $timezone::text)::date, 'YYYY-MM-DD') as date
from incident_history
where incident_history.storm
  and incident_history.started_at < $before::timestamptz
order by incident_history.started_at desc
limit 1

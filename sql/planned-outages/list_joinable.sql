-- Planned outages that are still to come and could be joined with others. Index: planned_outage_starts; at most 1,000 rows, more
-- than a city announces at a time.
select planned_outage.*
from planned_outage
where planned_outage.state = 'announced'
  and planned_outage.starts_at > $at
order by planned_outage.starts_at, planned_outage.id
limit 1000

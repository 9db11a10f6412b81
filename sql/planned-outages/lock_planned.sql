-- Planned outages, locked for the step about to be taken, in the order of their identifiers so that two servers never wait for
-- each other. Index: planned_outage_pkey; one row or two.
select planned_outage.*
from planned_outage
where planned_outage.id = any ($ids::text[])
order by planned_outage.id
for update

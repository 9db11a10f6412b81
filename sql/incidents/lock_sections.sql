-- Locks sections in the order of their names, so that two servers never wait for each other. Index: section_pkey.
-- Prepared.
select
  section.name,
  section.epoch
from section
where section.name = any ($names::text[])
order by section.name
for update

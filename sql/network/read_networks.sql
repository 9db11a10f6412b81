-- What has been imported, so that a server notices a change. A handful of rows.
select
  network.id,
  network.name,
  network.timezone,
  network.imported_at
from network
order by network.id

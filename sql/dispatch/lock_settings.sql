-- Lets one writer at a time change the settings of dispatch, until it commits. Index: automatic_dispatch_pkey; five rows.
select automatic_dispatch.class
from automatic_dispatch
order by automatic_dispatch.class
for update

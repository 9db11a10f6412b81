-- One planned outage with its sums. Index: planned_outage_pkey; one row or none.
select planned_outage.*, view.*
from planned_outage
cross join lateral planned_view(planned_outage, $at::timestamptz) as view
where planned_outage.id = $id

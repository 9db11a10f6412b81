-- The switches of automatic dispatch. Five rows.
select
  automatic_dispatch.class,
  automatic_dispatch.is_on,
  automatic_dispatch.changed_by,
  automatic_dispatch.changed_at
from automatic_dispatch
order by automatic_dispatch.class

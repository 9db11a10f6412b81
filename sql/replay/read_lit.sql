-- Of some service points, those whom the service takes to have supply. Index: interruption_one_open; some hundred rows.
select point.id
from unnest($points::text[]) as point (id)
where not exists (
  select
  from interruption
  where interruption.service_point_id = point.id
    and interruption.ended_at is null
)

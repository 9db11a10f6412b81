-- The box around all districts, null without any. One row.
select
  case
    when count(*) > 0 then array[
      min(st_xmin(district.geom)), min(st_ymin(district.geom)), max(st_xmax(district.geom)), max(st_ymax(district.geom))
    ]
  end as bbox
from district

-- All low-voltage equipment, for the graph in memory. Sequential; some 300,000 rows at city scale.
select
  lv_equipment.id,
  lv_equipment.kind,
  lv_equipment.transformer_id,
  lv_equipment.parent_id
from lv_equipment
order by lv_equipment.id

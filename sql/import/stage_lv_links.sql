-- The question: which parent does each low-voltage part have, staged or kept below the same transformers? What is staged
-- counts; `line` is null for what is only kept.
create temporary table lv_link on commit drop as
select id, parent_id, line from staged_lv_equipment
union all
select kept.id, kept.parent_id, null
from lv_equipment as kept
where kept.transformer_id in (select transformer_id from staged_lv_equipment)
  and not exists (select from staged_lv_equipment as staged where staged.id = kept.id);

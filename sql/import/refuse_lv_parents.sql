-- The question: which low-voltage parts hang on a parent that is not there, on a loop of parents, or below either? They are
-- refused. Two walks down the trees by hash join; a part has one parent, so each is visited once.
with recursive rooted as (
  select id from lv_link where parent_id is null
  union all
  select child.id from lv_link as child join rooted on child.parent_id = rooted.id
),
orphaned as (
  select id, parent_id, true as is_first
  from lv_link
  where parent_id is not null and not exists (select from lv_link as parent where parent.id = lv_link.parent_id)
  union all
  select child.id, child.parent_id, false from lv_link as child join orphaned on child.parent_id = orphaned.id
),
gone as (
  delete from staged_lv_equipment as staged
  where not exists (select from rooted where rooted.id = staged.id)
  returning staged.line, staged.id, staged.parent_id
)
insert into refusal
select
  'lv_equipment.csv', gone.line, 'parent_id', gone.parent_id,
  case
    when orphaned.is_first then
      format('parent_id is %s, and no usable row of lv_equipment.csv has that id; one that is there would be right', gone.parent_id)
    when orphaned.id is not null then
      format('its parent %s hangs on a parent that is not there; a tree that begins below the transformer would be right', gone.parent_id)
    else
      format('%s has itself among its parents or hangs below such a loop; a tree without a loop would be right', gone.id)
  end
from gone
left join orphaned on orphaned.id = gone.id;

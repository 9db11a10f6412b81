-- The utility's own cause codes, each in its category of IEEE 1782 (guide for collecting and categorizing interruption data).
-- A utility replaces the rows with its own pick-list; the ones here are ours, to start with.

create table cause_code (
  code text primary key,
  category text not null constraint cause_code_category check (category in
    ('equipment', 'lightning', 'planned', 'power_supply', 'public', 'vegetation', 'weather', 'wildlife', 'customer_equipment',
     'unknown', 'other')),
  zh text not null,
  en text not null
);
comment on table cause_code is 'What crews and dispatchers pick as a cause, and the category that indices are drawn by';

insert into cause_code (code, category, zh, en)
values
  ('TR-OIL', 'equipment', '配变渗漏或缺油', 'Transformer leaking or low on oil'),
  ('TR-BURN', 'equipment', '配变烧毁', 'Transformer burnt out'),
  ('TR-LOAD', 'equipment', '配变过载', 'Transformer overloaded'),
  ('FU-BLOWN', 'equipment', '熔断器熔断，未见外因', 'Fuse blown, no outer cause seen'),
  ('SW-FAIL', 'equipment', '开关拒动或损坏', 'Switch stuck or broken'),
  ('CA-JOINT', 'equipment', '电缆接头击穿', 'Cable joint failed'),
  ('CO-BREAK', 'equipment', '导线断线', 'Conductor broken'),
  ('IN-FLASH', 'equipment', '绝缘子闪络或破损', 'Insulator flashed over or broken'),
  ('LV-BOX', 'equipment', '低压箱或表箱故障', 'Low-voltage box or meter box failed'),
  ('PR-WRONG', 'equipment', '保护误动', 'Protection operated wrongly'),
  ('LI-STRIKE', 'lightning', '雷击', 'Lightning'),
  ('PL-WORK', 'planned', '计划检修', 'Planned work'),
  ('PL-SHED', 'planned', '有序用电', 'Announced load shedding'),
  ('PS-UPPER', 'power_supply', '上级电网或变电站失电', 'Loss of the supply above, or of the substation'),
  ('PU-CAR', 'public', '车辆碰撞', 'Hit by a vehicle'),
  ('PU-DIG', 'public', '施工挖断', 'Dug up by works'),
  ('PU-THEFT', 'public', '盗窃或破坏', 'Theft or damage done on purpose'),
  ('PU-KITE', 'public', '风筝、气球等异物', 'Kite, balloon or another object on the line'),
  ('PU-FIRE', 'public', '外部火灾', 'Fire nearby'),
  ('VE-FALL', 'vegetation', '树木倒伏', 'Tree fallen on the line'),
  ('VE-TOUCH', 'vegetation', '树枝碰线', 'Branches touching the line'),
  ('WE-WIND', 'weather', '大风或台风', 'High wind or typhoon'),
  ('WE-FLOOD', 'weather', '洪水或内涝', 'Flood'),
  ('WE-ICE', 'weather', '覆冰', 'Ice on the line'),
  ('WE-HEAT', 'weather', '高温', 'Heat'),
  ('WI-BIRD', 'wildlife', '鸟类', 'Birds'),
  ('WI-ANIMAL', 'wildlife', '蛇、鼠等小动物', 'Snakes, rats and other small animals'),
  ('CU-OWN', 'customer_equipment', '用户设备故障', 'The customer''s own equipment'),
  ('CU-SURGE', 'customer_equipment', '用户设备越级跳闸', 'The customer''s fault tripped the utility''s device'),
  ('UN-NONE', 'unknown', '原因不明', 'Not known'),
  ('OT-MISUSE', 'other', '误操作', 'Switching error'),
  ('OT-ELSE', 'other', '其他', 'Something else')
on conflict (code) do nothing;

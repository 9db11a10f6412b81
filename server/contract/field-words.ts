// The Chinese words of the fields that people at a screen fill in, for telling them which one to look at.
const fieldZh: Record<string, string> = {
  account_no: '户号',
  address: '地址',
  answer: '答复',
  at: '时刻',
  body: '通知内容',
  channel: '渠道',
  code: '原因代码',
  crew_id: '班组',
  email: '电子邮箱',
  ends_at: '结束时间',
  equipment_id: '设备编号',
  equipment_ids: '设备编号',
  high: '最晚时间',
  incident_ids: '停电事件',
  location: '位置',
  low: '最早时间',
  name: '姓名或名称',
  note: '说明',
  owner: '负责人',
  phone: '手机号',
  phone_last4: '手机号后四位',
  quiet_from: '免打扰开始',
  quiet_to: '免打扰结束',
  reason: '原因',
  recipient: '接收地址',
  remark: '补充说明',
  secret: '口令',
  skills: '技能',
  starts_at: '开始时间',
  symptom: '情况',
  text: '内容',
  transformer_ids: '配变',
  until: '新的期限',
  waiver: '不能提前的理由',
}

/** Asks to look at the fields at `paths`, each by its word; one that only programs fill in keeps its name. */
export function fieldsToCheckZh(paths: string[]): string {
  const names = new Set(paths.filter((path) => path !== '').map((path) => fieldZh[path] ?? path))
  return names.size > 0 ? `请检查这些项：${[...names].join('、')}` : '请检查所填内容'
}

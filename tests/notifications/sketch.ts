// A feeder drawn by hand: two transformers, eight customers, one incident that leaves all of them out.
//
//   ──[B]──┬── T1: a b c d     a is critical, b speaks English, c has no phone, d asked for no messages
//          └── T2: e f g h     e to h nothing special; X is supplied elsewhere
import type { Database } from '../../server/database/index.ts'

export const incidentId = 'inc_sketch'
export const startedAt = new Date('2026-07-01T06:00:00Z')

const drawing = `
  insert into network (name, timezone) values ('sketch', 'Asia/Shanghai');
  insert into transformer (id, network_id, name, feeder_id, geom)
    select id, 1, name, 'F', st_setsrid(st_point(113, 22.5), 4326)
    from (values ('T1', '东一台区'), ('T2', '东二台区'), ('T3', '西台区')) as one (id, name);
  insert into service_point (id, account_no, transformer_id, phone, critical, language)
    select 'SP_' || letter, 'ACC' || letter,
      case when letter = 'x' then 'T3' when letter < 'e' then 'T1' else 'T2' end,
      case when letter <> 'c' then '1390000000' || ascii(letter) % 10 end,
      case when letter = 'a' then 'hospital' end,
      case when letter = 'b' then 'en' end
    from regexp_split_to_table('abcdefghx', '') as letter;
  insert into preference (service_point_id, by_phone) values ('SP_d', false);
  insert into incident (id, status, equipment_id, equipment_kind, feeder_id, section, network_id, transformer_ids,
      customers_affected, customers_out, started_at, geom)
    values ('inc_sketch', 'confirmed', 'B', 'breaker', 'F', 'F', 1, '{T1,T2}', 8, 8, '2026-07-01T06:00:00Z',
      st_setsrid(st_point(113, 22.5), 4326));
  insert into interruption (incident_id, service_point_id, transformer_id, started_at)
    select 'inc_sketch', id, transformer_id, '2026-07-01T06:00:00Z'
    from service_point
    where transformer_id in ('T1', 'T2');
`

export async function drawFeeder(database: Database): Promise<void> {
  await database.pool.query(drawing)
}

/** Forgets everything that was told, and has all eight out again. */
export async function beginAnew(database: Database): Promise<void> {
  await database.pool.query(`
    truncate owing, notification, matter, event_log restart identity;
    delete from subscription;
    update channel_config set kind = 'print', settings = '{}', rate_per_s = null, stopped = false;
    update notification_setting set phone_channel = 'print', stopped = false, approve_above = 30000, quiet_from = null, quiet_to = null;
    delete from channel_config where channel <> 'print';
    update interruption set ended_at = null;
  `)
}

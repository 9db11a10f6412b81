// `npm run bench -- notifications`: a feeder of 20,000 customers, from restored to all messages owed, beside one bare
// `insert … select` of as many rows into a table of the same columns and indices, on the same database.
import { startCluster } from '../fixtures/postgres-cluster.ts'
import { openDatabase, type Database } from '../../server/database/index.ts'
import { oweRestored } from '../../server/notifications/index.ts'

const customers = 20_000
const rounds = 9

/** A tenth of the city's customers are on the feeder: what is not on it must not be read. */
const city = `
  insert into network (name, timezone) values ('bench', 'Asia/Shanghai');
  insert into transformer (id, network_id, name, geom)
    select 'T' || n, 1, n || '号台区', st_setsrid(st_point(113, 22), 4326) from generate_series(1, 2000) as n;
  insert into service_point (id, account_no, transformer_id, phone)
    select 'SP' || md5(n::text), 'A' || n, 'T' || (n - 1) / 100 + 1, '139' || lpad(n::text, 8, '0')
    from generate_series(1, ${customers * 10}) as n;
  insert into incident (id, status, equipment_id, equipment_kind, section, transformer_ids, started_at, geom)
    values ('inc', 'restored', 'B', 'breaker', 'F', '{T1}', now() - interval '1 hour', st_setsrid(st_point(113, 22), 4326));
  insert into interruption (incident_id, service_point_id, transformer_id, started_at, ended_at)
    select 'inc', id, transformer_id, now() - interval '1 hour', now()
    from service_point
    where right(transformer_id, -1)::integer <= ${customers / 100};
  create table bare (like notification including all);
  create table plain (like notification including defaults including identity);
  analyze;
`
const columns = '(matter_id, service_point_id, channel, language, recipient)'
const bareInsert = (table: string) =>
  `insert into ${table} ${columns} select 1, service_point_id, 'print', 'zh', '13900000000' from interruption where incident_id = 'inc' order by service_point_id`

async function measure(database: Database): Promise<{ owed: number[]; bare: number[]; plain: number[] }> {
  const taken = { owed: [] as number[], bare: [] as number[], plain: [] as number[] }
  const time = async (into: number[], work: () => Promise<unknown>) => {
    const begun = performance.now()
    await work()
    into.push(performance.now() - begun)
  }
  for (let round = 0; round <= rounds; round++) {
    await database.pool.query('truncate notification, matter, bare, plain; checkpoint')
    await time(taken.owed, () =>
      database.transaction((transaction) => oweRestored(transaction, { id: 'inc' }, new Date())),
    )
    await time(taken.bare, () => database.pool.query(bareInsert('bare')))
    await time(taken.plain, () => database.pool.query(bareInsert('plain')))
  }
  // The first round only warms the caches.
  for (const list of Object.values(taken)) list.shift()
  return taken
}

const sorted = (values: number[]) => values.toSorted((left, right) => left - right)
const median = (values: number[]) => sorted(values)[values.length >> 1]!

function print(name: string, values: number[]): void {
  const [low, high] = [sorted(values)[0]!, sorted(values).at(-1)!]
  console.log(
    `notifications: ${name}: median ${median(values).toFixed(0)} ms, minimum ${low.toFixed(0)}, spread ${(high - low).toFixed(0)}`,
  )
}

export async function run(): Promise<void> {
  const given = process.env['DATABASE_URL']
  const cluster = given === undefined ? await startCluster() : null
  const url = given ?? cluster?.url
  if (url === undefined) {
    console.log('notifications: no PostgreSQL with PostGIS here, not measured')
    return
  }
  const name = `relight_bench_${process.pid}`
  const root = await openDatabase({ url, replicaUrl: null, dataFolder: '' })
  await root.pool.query(`create database ${name}`)
  const place = new URL(url)
  place.pathname = `/${name}`
  const database = await openDatabase({ url: place.href, replicaUrl: null, dataFolder: '' })
  try {
    await database.pool.query(city)
    const { owed, bare, plain } = await measure(database)
    print(`${customers} customers, restored to all owed`, owed)
    print('reference: bare insert … select, same columns and indices', bare)
    print('bare insert … select without any index', plain)
    console.log(
      `notifications: ratio to the reference ${(median(owed) / median(bare)).toFixed(2)} (minima ${(sorted(owed)[0]! / sorted(bare)[0]!).toFixed(2)}), to the one without indices ${(median(owed) / median(plain)).toFixed(2)}; wanted under 3`,
    )
  } finally {
    await database.close()
    await root.pool.query(`drop database ${name} with (force)`)
    await root.close()
    cluster?.stop()
  }
}

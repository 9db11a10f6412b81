// The same graph in a PostgreSQL with pgRouting, asked the same questions: a reference that is not our own code.
import pg from 'pg'
import type { RoadGraph } from '../../../server/roads/index.ts'
import { startCluster } from '../../fixtures/postgres-cluster.ts'

/** pgRouting over temporary tables of one connection. Costs are milliseconds. */
export class PgRouting {
  private readonly client: pg.Client
  private readonly stop: () => void

  private constructor(client: pg.Client, stop: () => void) {
    this.client = client
    this.stop = stop
  }

  /** Opens DATABASE_URL, or a cluster started for the purpose; null with a line said where there is no pgRouting. */
  static async open(): Promise<PgRouting | null> {
    const given = process.env['DATABASE_URL']
    const cluster = given === undefined ? await startCluster() : null
    const url = given ?? cluster?.url
    if (url === undefined) {
      console.log('roads: no PostgreSQL here (DATABASE_URL), not compared with pgRouting')
      return null
    }
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query('create extension if not exists pgrouting cascade')
      return new PgRouting(client, () => cluster?.stop())
    } catch (fault) {
      console.log(`roads: not compared with pgRouting: ${(fault as Error).message}`)
      await client.end()
      cluster?.stop()
      return null
    }
  }

  async load({ edges }: RoadGraph): Promise<void> {
    await this.client.query('drop table if exists pg_temp.bench_edge')
    await this.client.query(
      `create temporary table bench_edge as
       select ordinality as id, source, target, cost::float8 as cost,
         case when oneway = 1 then -1 else cost end::float8 as reverse_cost
       from unnest($1::int[], $2::int[], $3::int[], $4::int[]) with ordinality as edge (source, target, cost, oneway)`,
      [[...edges.from], [...edges.to], [...edges.cost_ms], [...edges.oneway]],
    )
    await this.client.query('analyze bench_edge')
  }

  /** Milliseconds from every start to every end as `start end` → cost; pairs that no road joins are absent. */
  async costs(starts: number[], ends: number[]): Promise<Map<string, number>> {
    const { rows } = await this.client.query<{ start_vid: number; end_vid: number; agg_cost: number }>(
      `select start_vid::int, end_vid::int, agg_cost
       from pgr_dijkstraCost('select id, source, target, cost, reverse_cost from bench_edge', $1::int[], $2::int[], true)`,
      [starts, ends],
    )
    return new Map(rows.map(({ start_vid, end_vid, agg_cost }) => [`${start_vid} ${end_vid}`, agg_cost]))
  }

  /** One incident to all crews over the reversed roads: the quickest way to ask pgRouting what we ask; returns how long it took. */
  async timeFromIncident(incident: number, crews: number[]): Promise<number> {
    const before = performance.now()
    await this.client.query(
      `select end_vid::int, agg_cost
       from pgr_dijkstraCost(
         'select id, target as source, source as target, cost, reverse_cost from bench_edge', $1::int, $2::int[], true)`,
      [incident, crews],
    )
    return performance.now() - before
  }

  async close(): Promise<void> {
    await this.client.end()
    this.stop()
  }
}

// Which wording counts today: the newest that an administrator gave, else the program's own.
import type { TemplateVersion } from '../contract/notifications.ts'
import type { Language } from '../contract/shapes.ts'
import type { Database, Queries } from '../database/index.ts'
import { firstTemplates, type MatterKind } from './matters.ts'
import { previewOf } from './preview.ts'

export type Wording = { kind: MatterKind; language: Language; version: number; body: string }

/** The wordings of all kinds and languages that count today. */
export async function readWordings(queries: Queries, kind: MatterKind | null = null): Promise<Wording[]> {
  const given = await queries.rows<Wording>('notifications/read_templates', { kind })
  const kinds = kind === null ? (Object.keys(firstTemplates) as MatterKind[]) : [kind]
  return kinds.flatMap((each) =>
    (['zh', 'en'] as const).map(
      (language) =>
        given.find((row) => row.kind === each && row.language === language) ?? {
          kind: each,
          language,
          version: 1,
          body: firstTemplates[each][language],
        },
    ),
  )
}

/** The bodies to be kept with a matter, and the name they go by: `outage_known/zh1,en3`. */
export async function bodiesOf(
  queries: Queries,
  kind: MatterKind,
): Promise<{ template: string; bodies: Record<Language, string> }> {
  const [zh, en] = (await readWordings(queries, kind)) as [Wording, Wording]
  return { template: `${kind}/zh${zh.version},en${en.version}`, bodies: { zh: zh.body, en: en.body } }
}

/** Every wording that a kind has had in a language, the newest first and the program's own last. */
export async function readVersions(queries: Queries, kind: MatterKind, language: Language): Promise<TemplateVersion[]> {
  type Row = Omit<TemplateVersion, 'created_at'> & { created_at: Date }
  const rows = await queries.rows<Row>('notifications/list_versions', { kind, language })
  const first = { version: 1, body: firstTemplates[kind][language], created_at: null, created_by: null }
  return [...rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() })), first]
}

/** Words a kind anew, as the next version. Throws Refusal where it could not be sent always. */
export async function putWording(
  database: Database,
  wording: Omit<Wording, 'version'>,
  by: string,
  now: Date,
): Promise<Wording> {
  previewOf(wording.kind, wording.language, wording.body, now)
  return database.transaction((transaction) =>
    transaction.one<Wording>('notifications/put_template', { ...wording, created_by: by }),
  )
}

// Every SQL statement of the project, read once from `sql/<room>/<verb>.sql` and called by that name.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

/**
 * A statement with its named parameters (`$incident_id`) turned into positions, in order of first use. `isPrepared` where its
 * comment says "Prepared": one plan does for all values, however the tables grow.
 */
export type Statement = { name: string; text: string; parameters: string[]; isPrepared: boolean }

/** Where `sql/` lies. */
export const sqlFolder = path.resolve(import.meta.dirname, '../../sql')

const named = /\$([a-z][a-z0-9_]*)/g

/** Turns `$name` into `$1`, `$2` …; comment lines are dropped so that a name in prose is no parameter. */
export function parseStatement(name: string, source: string): Statement {
  const parameters: string[] = []
  const code = source.replace(/^\s*--.*$/gm, '').trim()
  const text = code.replace(named, (_, parameter: string) => {
    if (!parameters.includes(parameter)) parameters.push(parameter)
    return `$${parameters.indexOf(parameter) + 1}`
  })
  return { name, text, parameters, isPrepared: /^--.*\bPrepared\b/m.test(source) }
}

function loadStatements(): Map<string, Statement> {
  const found = new Map<string, Statement>()
  for (const room of readdirSync(sqlFolder, { withFileTypes: true })) {
    if (!room.isDirectory() || room.name === 'migrations' || room.name === 'functions') continue
    for (const file of readdirSync(path.join(sqlFolder, room.name))) {
      const name = `${room.name}/${file.replace(/\.sql$/, '')}`
      found.set(name, parseStatement(name, readFileSync(path.join(sqlFolder, room.name, file), 'utf8')))
    }
  }
  return found
}

let statements: Map<string, Statement> | null = null

/** The statement `name`, or a loud failure: a wrong name is a broken program, not bad input. */
export function statementNamed(name: string): Statement {
  statements ??= loadStatements()
  const statement = statements.get(name)
  if (!statement) throw new Error(`no statement sql/${name}.sql`)
  return statement
}

/** The values in the order of the statement's positions; a value that is missing is a broken program. */
export function valuesFor(statement: Statement, values: Record<string, unknown>): unknown[] {
  return statement.parameters.map((parameter) => {
    if (!(parameter in values)) throw new Error(`sql/${statement.name}.sql wants $${parameter}`)
    return values[parameter] ?? null
  })
}

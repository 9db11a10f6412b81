// Rows on their way into a table by COPY, batch by batch, and the refusals that go into theirs the same way.
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Transaction } from '../../server/database/index.ts'
import type { Refusal } from './refusals.ts'
import { copyText } from './row-reader.ts'

/** One COPY carries so much: the embedded database gathers each in memory before it reads it. */
const batch_chars = 4 << 20

/** Rows on their way into one table. */
export class Batch {
  private lines: string[] = []
  private size_chars = 0
  private readonly transaction: Transaction
  private readonly target: string

  constructor(transaction: Transaction, target: string) {
    this.transaction = transaction
    this.target = target
  }

  add(line: string): void {
    this.lines.push(line)
    this.size_chars += line.length + 1
  }

  get isFull(): boolean {
    return this.size_chars >= batch_chars
  }

  async flush(): Promise<void> {
    if (this.lines.length === 0) return
    const stream = this.transaction.client.query(copyFrom(`copy ${this.target} from stdin`))
    const text = this.lines.join('\n') + '\n'
    this.lines = []
    this.size_chars = 0
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), finished(stream)])
    stream.end()
    await finished(stream)
  }
}

/** Writes refusals found outside SQL into the table that SQL writes its own to. */
export async function stageRefusals(transaction: Transaction, refusals: Refusal[]): Promise<void> {
  const batch = new Batch(transaction, 'refusal')
  for (const refusal of refusals) batch.add(refusalLine(refusal))
  await batch.flush()
}

/** A value that is quoted back is cut, so that one broken row cannot fill the list of refusals. */
const shownValue_chars = 200

export const refusalLine = ({ file, line, column, value, reason }: Refusal) =>
  [file, line, column, value.replaceAll('\0', '').slice(0, shownValue_chars), reason.replaceAll('\0', '')]
    .map((cell) => copyText(String(cell)))
    .join('\t')

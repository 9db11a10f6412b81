// Cuts CSV (RFC 4180: comma, CRLF or LF, quotes doubled inside quotes) into records with the line each begins on. A record
// that breaks the quoting is given as a fault and reading goes on with the next line, so one slip does not cost the file.
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

/** A record, or what is wrong with the text on `line`. The first record of a file is its header. */
export type CsvRecord =
  { line: number; fields: string[]; fault?: never } | { line: number; fields?: never; fault: string }

/** A quoted value longer than this is taken for a quote that was never closed; the longest drawn line seen has 40 kB. */
const recordLimit_chars = 1 << 20
const chunk_bytes = 1 << 18

const neverClosed = 'a quote is opened and never closed; a closing quote at the end of the value would be right'
const quoteInside = 'a quote stands inside a value; the whole value in quotes, and that quote twice, would be right'
const afterQuote = 'text stands between a closing quote and the comma; nothing would be right there'

/** A value and where it ends; or a fault; or not enough text yet. */
type Cut<Value> = { value: Value; end: number } | { fault: string } | 'unfinished'

function cutQuotedValue(text: string, start: number): Cut<string> {
  let value = ''
  for (let from = start + 1; ;) {
    const close = text.indexOf('"', from)
    if (close < 0) return 'unfinished'
    value += text.slice(from, close)
    if (text[close + 1] !== '"') return { value, end: close + 1 }
    value += '"'
    from = close + 2
  }
}

function cutBareValue(text: string, start: number): Cut<string> {
  let end = start
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '"') end++
  if (text[end] === '"') return { fault: quoteInside }
  return { value: text.slice(start, text[end] !== ',' && text[end - 1] === '\r' && end > start ? end - 1 : end), end }
}

/** One record of `text` from `start`, quotes and all; `end` is just after its line break, or the end of the text. */
function cutRecord(text: string, start: number): Cut<string[]> {
  const fields: string[] = []
  for (let at = start; ; at++) {
    const cut = text[at] === '"' ? cutQuotedValue(text, at) : cutBareValue(text, at)
    if (cut === 'unfinished' || 'fault' in cut) return cut
    fields.push(cut.value)
    at = cut.end
    if (text[at] === '\r') at++
    if (at >= text.length) return { value: fields, end: at }
    if (text[at] === '\n') return { value: fields, end: at + 1 }
    if (text[at] !== ',') return { fault: afterQuote }
  }
}

function linesBetween(text: string, start: number, end: number): number {
  let lines = 0
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** Cuts text that arrives in pieces. */
class RecordCutter {
  private text = ''
  private line = 1;

  /** The records that are whole once `more` has come; with `isLast`, the rest too. */
  *take(more: string, isLast: boolean): Generator<CsvRecord> {
    const text = this.text + more
    let at = 0
    let quote = text.indexOf('"')
    while (at < text.length) {
      const lineBreak = text.indexOf('\n', at)
      if (lineBreak < 0 && !isLast) break
      const lineEnd = lineBreak < 0 ? text.length : lineBreak
      if (quote >= 0 && quote < at) quote = text.indexOf('"', at)
      let end = lineEnd + 1
      if (quote < 0 || quote > lineEnd) {
        const bare = text.slice(at, text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd)
        if (bare.trim() !== '') yield { line: this.line, fields: bare.split(',') }
      } else {
        const cut = cutRecord(text, at)
        const mayGoOn = !isLast && text.length - at < recordLimit_chars
        if (mayGoOn && (cut === 'unfinished' || ('end' in cut && cut.end >= text.length))) break
        if (cut === 'unfinished') yield { line: this.line, fault: neverClosed }
        else if ('fault' in cut) yield { line: this.line, fault: cut.fault }
        else {
          yield { line: this.line, fields: cut.value }
          end = cut.end
        }
      }
      this.line += linesBetween(text, at, end)
      at = end
    }
    this.text = text.slice(at)
  }
}

/** Streams the records of a UTF-8 file in batches, through gzip where its name ends in `.gz`; a byte-order mark is dropped. */
export async function* readCsvRecords(
  path: string,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<CsvRecord[]> {
  const file = createReadStream(path, { highWaterMark: chunk_bytes })
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
  const decoder = new TextDecoder()
  const cutter = new RecordCutter()
  for await (const part of bytes as AsyncIterable<Buffer>) {
    onBytes(part.length)
    yield [...cutter.take(decoder.decode(part, { stream: true }), false)]
  }
  yield [...cutter.take(decoder.decode(), true)]
}

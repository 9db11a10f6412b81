// Decides, before any row is taken, whether a file is text that the import can trust: UTF-8 and not empty. A file in
// another encoding is refused whole, since half of its rows would look right and carry broken names.
import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'

/** Why a file is refused whole: the line, what is wrong, and what would be right. */
export type FileFault = { line: number; reason: string }

const chunk_bytes = 1 << 20

/** How many bytes at the end of `bytes` begin a character that the next chunk finishes. */
function unfinished_bytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++
  return lines
}

/** The first line of `bytes` that is not UTF-8 or holds a zero byte, counted from 0. */
function faultyLine(bytes: Buffer): number {
  let start = 0
  for (let line = 0; ; line++) {
    const end = bytes.indexOf(10, start)
    const text = bytes.subarray(start, end < 0 ? bytes.length : end)
    if (end < 0 || !isUtf8(text) || text.includes(0)) return line
    start = end + 1
  }
}

/** Reads the whole file once; null where it is sound. An unreadable file throws the system's own error. */
export async function findEncodingFault(path: string): Promise<FileFault | null> {
  let line = 1
  let rest: Buffer = Buffer.alloc(0)
  let hasText = false
  for await (const part of createReadStream(path, { highWaterMark: chunk_bytes }) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, part])
    const sound = bytes.subarray(0, bytes.length - unfinished_bytes(bytes))
    if (sound.includes(0) || !isUtf8(sound)) return wrongEncoding(line + faultyLine(sound))
    hasText ||= /[^\s\uFEFF]/.test(sound.toString('utf8'))
    line += linesIn(sound)
    rest = bytes.subarray(sound.length)
  }
  if (rest.length > 0) return wrongEncoding(line)
  return hasText ? null : { line: 1, reason: 'the file is empty; at least its header row would be right' }
}

const wrongEncoding = (line: number): FileFault => ({
  line,
  reason: 'the file is not UTF-8 from here on; saved as UTF-8 it would be right',
})

// Streams the features of a GeoJSON FeatureCollection (RFC 7946) with the line each begins on, so that a file of any size
// is read in little memory and a refusal can say where to look.
import { createReadStream } from 'node:fs'
import type { FileFault } from './check-encoding.ts'

/** One feature as its file has it, not yet checked. */
export type FeatureRecord = { line: number; feature: unknown }

/** The file is not a FeatureCollection, or breaks off. */
export class BrokenGeoJson extends Error {
  readonly fault: FileFault
  constructor(line: number, reason: string) {
    super(reason)
    this.fault = { line, reason }
  }
}

/** Cuts the objects out of the top-level `features` array of text that arrives in pieces. */
class FeatureCutter {
  private depth = 0
  private line = 1
  private inString = false
  private escaped = false
  /** The text of the member name read last at depth 1, to know `features` by. */
  private name = ''
  private inFeatures = false
  private sawFeatures = false
  private feature = ''
  private featureLine = 0;

  *take(text: string): Generator<FeatureRecord> {
    let start = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 10) this.line++
      if (this.inString) {
        if (this.escaped) this.escaped = false
        else if (code === 92) this.escaped = true
        else if (code === 34) this.inString = false
        else if (this.depth === 1 && this.name.length < 10) this.name += text[at]
      } else if (code === 34) {
        this.inString = true
        if (this.depth === 1) this.name = ''
      } else if (code === 123 || code === 91) {
        this.depth++
        if (code === 91 && this.depth === 2 && this.name === 'features') this.inFeatures = this.sawFeatures = true
        if (code === 123 && this.depth === 3 && this.inFeatures) {
          start = at
          this.featureLine = this.line
        }
      } else if (code === 125 || code === 93) {
        this.depth--
        if (this.depth === 1) this.inFeatures = false
        if (code === 125 && this.depth === 2 && this.inFeatures) {
          yield { line: this.featureLine, feature: this.parse(this.feature + text.slice(start, at + 1)) }
          this.feature = ''
        }
      }
    }
    if (this.inFeatures && this.depth > 2) this.feature += text.slice(start)
  }

  finish(): void {
    if (!this.sawFeatures)
      throw new BrokenGeoJson(1, 'there is no array "features"; a FeatureCollection would be right')
    if (this.depth !== 0) throw new BrokenGeoJson(this.line, 'the JSON breaks off; its closing brackets would be right')
  }

  private parse(text: string): unknown {
    try {
      return JSON.parse(text)
    } catch (reason) {
      throw new BrokenGeoJson(this.featureLine, `this feature is not JSON (${(reason as Error).message})`)
    }
  }
}

/** Streams the features of `path` in batches. Throws BrokenGeoJson where the file is none. */
export async function* readFeatures(
  path: string,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<FeatureRecord[]> {
  const decoder = new TextDecoder()
  const cutter = new FeatureCutter()
  for await (const part of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    onBytes(part.length)
    yield [...cutter.take(decoder.decode(part, { stream: true }))]
  }
  cutter.finish()
}

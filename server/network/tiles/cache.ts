// Tiles as they were last sent, bounded by bytes; the tile unused for longest goes first. All of it is forgotten when the
// network is imported anew. Each tile is drawn once however many ask for it at the same moment.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Refusal } from '../../contract/refusal.ts'

const compress = promisify(gzip)

/** A tile ready to be sent: gzipped, with the digest of its plain bytes. No bytes: nothing there. */
export type PackedTile = { gzipped: Buffer; digest: string }

/** A city of 30,000 areas on a wall and a hundred desks holds about 20 MB of tiles. */
const cacheLimit_bytes = 64 * 1024 * 1024
/** A tile may keep a connection of the pool busy for 200 ms: reports must find others free. */
const drawnAtOnce = 4
/** Two walls' worth of tiles may wait; whoever comes then is told to come back. */
const waitingLimit = 256

export class TileCache {
  private version = ''
  private kept = new Map<string, PackedTile>()
  private drawing = new Map<string, Promise<PackedTile>>()
  private size_bytes = 0
  private atWork = 0
  private waiting: (() => void)[] = []
  private readonly limit_bytes: number

  constructor(limit_bytes = cacheLimit_bytes) {
    this.limit_bytes = limit_bytes
  }

  /** The tile `key` of `version`, from the cache or by `draw`. Throws Refusal `unavailable` where too many wait. */
  async take(version: string, key: string, draw: () => Promise<Uint8Array>): Promise<PackedTile> {
    if (version !== this.version) this.forget(version)
    const known = this.kept.get(key)
    if (known) {
      this.kept.delete(key)
      this.kept.set(key, known)
      return known
    }
    const begun = this.drawing.get(key)
    if (begun) return begun
    const drawn = this.inTurn(draw).then((tile) => this.keep(version, key, tile))
    this.drawing.set(key, drawn)
    return drawn.finally(() => this.drawing.get(key) === drawn && this.drawing.delete(key))
  }

  get bytes(): number {
    return this.size_bytes
  }

  private forget(version: string): void {
    this.version = version
    this.kept.clear()
    this.drawing.clear()
    this.size_bytes = 0
  }

  private async inTurn(draw: () => Promise<Uint8Array>): Promise<PackedTile> {
    if (this.atWork >= drawnAtOnce) {
      if (this.waiting.length >= waitingLimit)
        throw new Refusal('unavailable', `${waitingLimit} tiles wait to be drawn: ask again shortly`)
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    } else this.atWork++
    try {
      return await pack(await draw())
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.atWork--
    }
  }

  private keep(version: string, key: string, tile: PackedTile): PackedTile {
    if (version !== this.version) return tile
    this.kept.set(key, tile)
    this.size_bytes += weightOf(key, tile)
    for (const [oldest, old] of this.kept) {
      if (this.size_bytes <= this.limit_bytes) break
      this.kept.delete(oldest)
      this.size_bytes -= weightOf(oldest, old)
    }
    return tile
  }
}

/** What an entry takes: its bytes, and about 200 for the map's own book-keeping, or empty tiles would be free. */
function weightOf(key: string, tile: PackedTile): number {
  return key.length + tile.gzipped.length + 200
}

async function pack(bytes: Uint8Array): Promise<PackedTile> {
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  return { gzipped: bytes.length === 0 ? Buffer.alloc(0) : await compress(bytes, { level: 6 }), digest }
}

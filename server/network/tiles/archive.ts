// A utility's own map in one PMTiles file (https://github.com/protomaps/PMTiles, version 3): its tiles by address, and the file itself
// in pieces, for whoever reads such files over HTTP.
import { open, type FileHandle } from 'node:fs/promises'
import { PMTiles, TileType, type Source } from 'pmtiles'
import { StartRefusal } from '../../database/index.ts'

export type Archive = {
  /** What screens must know to draw it. */
  about: { format: 'vector' | 'raster'; minzoom: number; maxzoom: number; attribution: string; layers: string[] }
  size: number
  type: string
  /** One tile, unpacked; null where there is none. */
  tile(z: number, x: number, y: number): Promise<Uint8Array<ArrayBuffer> | null>
  piece(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>
}

const types: Partial<Record<TileType, string>> = {
  [TileType.Mvt]: 'application/vnd.mapbox-vector-tile',
  [TileType.Png]: 'image/png',
  [TileType.Jpeg]: 'image/jpeg',
  [TileType.Webp]: 'image/webp',
  [TileType.Avif]: 'image/avif',
}

async function readPiece(file: FileHandle, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  const { bytesRead } = await file.read(bytes, 0, length, offset)
  return bytes.subarray(0, bytesRead)
}

/** Opens the file at `place`; throws StartRefusal in one line where it is none, or holds what no screen draws. */
export async function openArchive(place: string): Promise<Archive> {
  const refused = (why: string) => new StartRefusal(`RELIGHT_BASE_PMTILES=${place} cannot be used: ${why}`)
  const file = await open(place).catch(() => null)
  if (!file) throw refused('there is no such file')
  const source: Source = {
    getKey: () => place,
    getBytes: async (offset, length) => {
      const { buffer, byteOffset, byteLength } = await readPiece(file, offset, length)
      return { data: buffer.slice(byteOffset, byteOffset + byteLength) }
    },
  }
  const archive = new PMTiles(source)
  const header = await archive.getHeader().catch(() => null)
  if (!header) throw refused('it is not in the PMTiles format, version 3')
  const type = types[header.tileType]
  if (type === undefined) throw refused('its tiles are neither vector tiles nor pictures')
  const metadata = (await archive.getMetadata()) as { attribution?: string; vector_layers?: { id: string }[] } | null
  return {
    about: {
      format: header.tileType === TileType.Mvt ? 'vector' : 'raster',
      minzoom: header.minZoom,
      maxzoom: header.maxZoom,
      attribution: metadata?.attribution ?? '',
      layers: (metadata?.vector_layers ?? []).map(({ id }) => id),
    },
    size: (await file.stat()).size,
    type,
    tile: async (z, x, y) => {
      const found = await archive.getZxy(z, x, y)
      return found ? new Uint8Array(found.data) : null
    },
    piece: (offset, length) => readPiece(file, offset, length),
  }
}

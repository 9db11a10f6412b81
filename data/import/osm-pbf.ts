// Reads OpenStreetMap's PBF format block by block (https://wiki.openstreetmap.org/wiki/PBF_Format): a length, a header, a
// compressed block of at most 32 MB, and so on to the end. Never holds more than one block.
import { createReadStream } from 'node:fs'
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { PbfReader } from 'pbf'

const inflateBlock = promisify(inflate)

/** The format's own limits on a header and on a block; anything longer is not such a file. */
const longestHeader_bytes = 64 * 1024
const longestBlock_bytes = 32 * 1024 * 1024

/** A file that is no OpenStreetMap extract, or is cut short or compressed in a way this reader does not know. */
export class OsmRefusal extends Error {}

/** A way as it stands in its block. */
export type OsmWay = { id: number; refs: number[]; tags: Map<string, string> }

/** What a reader wants of a block; what is left out is not decoded. Coordinates in whole 10⁻⁷ degrees. */
export type OsmVisitor = { node?: (id: number, lonE7: number, latE7: number) => void; way?: (way: OsmWay) => void }

/** Cuts a stream into the lengths asked for. */
async function* takeExactly(path: string, want: () => number): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = []
  let held = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    held += chunk.length
    while (held >= want()) {
      const whole = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
      const size = want()
      chunks = [whole.subarray(size)]
      held = whole.length - size
      yield whole.subarray(0, size)
    }
  }
  if (held > 0) throw new OsmRefusal(`${path} ends in the middle of a block; a whole .osm.pbf file would be right`)
}

/** Every block of the file with its kind, inflated, and how many bytes of the file are read with it. */
async function* readBlobs(path: string): AsyncGenerator<{ kind: string; block: Uint8Array; read_bytes: number }> {
  let stage: 'length' | 'header' | 'blob' = 'length'
  let want = 4
  let read_bytes = 0
  let kind = ''
  for await (const bytes of takeExactly(path, () => want)) {
    read_bytes += bytes.length
    if (stage === 'length') {
      want = bytes.readUInt32BE(0)
      if (want === 0 || want > longestHeader_bytes)
        throw new OsmRefusal(`${path} is not an OpenStreetMap extract (.osm.pbf)`)
      stage = 'header'
    } else if (stage === 'header') {
      const header = { kind: '', size: 0 }
      new PbfReader(bytes).readFields((tag, into, pbf) => {
        if (tag === 1) into.kind = pbf.readString()
        else if (tag === 3) into.size = pbf.readVarint()
      }, header)
      kind = header.kind
      want = header.size
      if (want === 0 || want > longestBlock_bytes)
        throw new OsmRefusal(`${path} has a block of ${want} bytes; 1 to ${longestBlock_bytes} would be right`)
      stage = 'blob'
    } else {
      yield { kind, block: await unpackBlob(path, bytes), read_bytes }
      want = 4
      stage = 'length'
    }
  }
  if (stage !== 'length')
    throw new OsmRefusal(`${path} ends in the middle of a block; a whole .osm.pbf file would be right`)
}

async function unpackBlob(path: string, bytes: Buffer): Promise<Uint8Array> {
  const blob: { raw: Uint8Array | null; zlib: Uint8Array | null } = { raw: null, zlib: null }
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) into.raw = pbf.readBytes()
    else if (tag === 3) into.zlib = pbf.readBytes()
  }, blob)
  if (blob.raw !== null) return blob.raw
  if (blob.zlib === null) throw new OsmRefusal(`${path} is compressed otherwise than by zlib, which most extracts use`)
  return inflateBlock(blob.zlib, { maxOutputLength: longestBlock_bytes }).catch((fault: Error) => {
    throw new OsmRefusal(`${path} has a damaged block: ${fault.message}`)
  })
}

/** The head of a primitive block, and where its groups lie. */
type Block = { strings: string[]; groups: number[]; granularity: number; latOffset: number; lonOffset: number }

function readBlockHead(bytes: Uint8Array): Block {
  const block: Block = { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 }
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1)
      pbf.readMessage((field, strings, table) => {
        if (field === 1) strings.push(table.readString())
      }, into.strings)
    else if (tag === 2) into.groups.push(pbf.pos)
    else if (tag === 17) into.granularity = pbf.readVarint()
    else if (tag === 19) into.latOffset = pbf.readVarint(true)
    else if (tag === 20) into.lonOffset = pbf.readVarint(true)
  }, block)
  return block
}

function readDense(pbf: PbfReader, block: Block, node: NonNullable<OsmVisitor['node']>): void {
  const dense = pbf.readMessage(
    (tag, into, reader) => {
      if (tag === 1) reader.readPackedSVarint(into.ids)
      else if (tag === 8) reader.readPackedSVarint(into.lats)
      else if (tag === 9) reader.readPackedSVarint(into.lons)
    },
    { ids: [] as number[], lats: [] as number[], lons: [] as number[] },
  )
  let [id, lat, lon] = [0, 0, 0]
  dense.ids.forEach((step, i) => {
    id += step
    lat += dense.lats[i]!
    lon += dense.lons[i]!
    node(id, toE7(block.lonOffset, block.granularity, lon), toE7(block.latOffset, block.granularity, lat))
  })
}

/** The file counts in `granularity` billionths of a degree. */
function toE7(offset: number, granularity: number, count: number): number {
  return Math.round((offset + granularity * count) / 100)
}

function readNode(pbf: PbfReader, block: Block, node: NonNullable<OsmVisitor['node']>): void {
  const one = pbf.readMessage(
    (tag, into, reader) => {
      if (tag === 1) into.id = reader.readSVarint()
      else if (tag === 8) into.lat = reader.readSVarint()
      else if (tag === 9) into.lon = reader.readSVarint()
    },
    { id: 0, lat: 0, lon: 0 },
  )
  const { lonOffset, latOffset, granularity } = block
  node(one.id, toE7(lonOffset, granularity, one.lon), toE7(latOffset, granularity, one.lat))
}

function readWay(pbf: PbfReader, block: Block): OsmWay {
  const way = pbf.readMessage(
    (tag, into, reader) => {
      if (tag === 1) into.id = reader.readVarint()
      else if (tag === 2) reader.readPackedVarint(into.keys)
      else if (tag === 3) reader.readPackedVarint(into.values)
      else if (tag === 8) reader.readPackedSVarint(into.refs)
    },
    { id: 0, keys: [] as number[], values: [] as number[], refs: [] as number[] },
  )
  for (let i = 1; i < way.refs.length; i++) way.refs[i]! += way.refs[i - 1]!
  const tags = new Map(way.keys.map((key, i) => [block.strings[key] ?? '', block.strings[way.values[i]!] ?? '']))
  return { id: way.id, refs: way.refs, tags }
}

/** Visits all nodes and ways in file order; `onProgress` hears after each block how far into the file it is. */
export async function readOsm(
  path: string,
  visitor: OsmVisitor,
  onProgress: (read_bytes: number) => void = () => undefined,
): Promise<void> {
  for await (const { kind, block: bytes, read_bytes } of readBlobs(path)) {
    if (kind === 'OSMData') {
      const block = readBlockHead(bytes)
      for (const at of block.groups) {
        const pbf = new PbfReader(bytes)
        pbf.pos = at
        pbf.readMessage((tag, { node, way }, reader) => {
          if (tag === 1 && node) readNode(reader, block, node)
          else if (tag === 2 && node) readDense(reader, block, node)
          else if (tag === 3 && way) way(readWay(reader, block))
        }, visitor)
      }
    }
    onProgress(read_bytes)
  }
}

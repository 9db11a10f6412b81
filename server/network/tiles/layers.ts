// The layers that tiles are made of: what they are called, from which zoom they hold anything, and what their features tell.

/** One layer; `fields` are its features' properties, as TileJSON lists them. */
export type Layer = {
  id: 'districts' | 'water' | 'areas' | 'equipment' | 'roads'
  description: string
  minzoom: number
  fields: Record<string, string>
}

/** The last zoom with more to show than the one before; maps stretch its tiles beyond. */
export const maxzoom = 16

const layers: Layer[] = [
  {
    id: 'districts',
    description: 'Administrative boundaries',
    minzoom: 0,
    fields: { code: 'String', name: 'String', kind: 'String: urban, rural or remote' },
  },
  {
    id: 'water',
    description: 'Rivers and lakes',
    minzoom: 6,
    fields: { id: 'String', name: 'String' },
  },
  {
    id: 'areas',
    description: 'Transformer areas',
    minzoom: 7,
    fields: {
      transformer_id: 'String',
      name: 'String',
      feeder_id: 'String',
      customers: 'Number: customers supplied, absent where fewer than 5',
    },
  },
  {
    id: 'equipment',
    description: 'Medium-voltage lines, and switching devices as points from zoom 13',
    minzoom: 10,
    fields: {
      id: 'String',
      kind: 'String: breaker, recloser, switch, fuse or line',
      feeder_id: 'String',
      name: 'String',
      telemetered: 'Boolean',
      normal_state: 'String: closed or open',
    },
  },
  {
    id: 'roads',
    description: 'Roads, the smaller ones from zoom 12',
    minzoom: 7,
    fields: { id: 'Number', class: 'String', name: 'String' },
  },
]

/** The layer of that name, or null. */
export function layerNamed(id: string): Layer | null {
  return layers.find((layer) => layer.id === id) ?? null
}

export const layerNames = layers.map((layer) => layer.id)

/** The name under which all layers come in one tile. */
export const everything = 'ground'

/** The layers that a tile of that name holds; null where there is none of that name. */
export function layersNamed(name: string): readonly Layer[] | null {
  if (name === everything) return layers
  const layer = layerNamed(name)
  return layer && [layer]
}

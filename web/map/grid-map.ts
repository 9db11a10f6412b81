// The one owner of the MapLibre map: makes it, dresses it for night, day or print, holds its layers, and gives each the scene
// again whenever the style is fresh or the WebGL context came back.
import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { layBaseMap } from './base-map.ts'
import type { Box } from './box.ts'
import { readColours, type GroundTheme } from './colours.ts'
import { readFontFaces } from './fonts.ts'
import { groundStyle } from './ground.ts'
import type { MapLayer, Scene } from './layer.ts'
import type { Position } from './glide.ts'
import { drawWholeFrames } from './whole-frames.ts'
import { showOrigins } from './origins.ts'

setWorkerUrl(workerUrl)

/** For whoever measures the page: `drawn` once a scene is in a frame, `idle` once all its tiles are. */
const say = (state: 'drawn' | 'idle') => dispatchEvent(new CustomEvent('relight:map', { detail: state }))

/** How long after a tile failed it is asked for again: a server's restart takes about this long. */
const askAgain_ms = 8000

export type Padding = { top: number; right: number; bottom: number; left: number }
export type PickKind = 'incident' | 'area' | 'equipment'
export type Picked = { kind: PickKind; id: string; properties: Record<string, unknown> }

export type GridMapOptions<Drawn> = {
  container: HTMLElement
  theme: GroundTheme
  bounds: Box
  padding?: Padding
  /** 1 for a desk, about 2 for a 4K wall: sizes of marks and text. */
  scale?: number
  /** False on a wall: nobody turns it by hand. */
  interactive?: boolean
  /** From the ground up. */
  layers: MapLayer<Drawn>[]
  /** Which style layers answer a click, uppermost first. */
  picks?: readonly (readonly [styleLayer: string, kind: PickKind])[]
  label: string
  onPick?: (picked: Picked | null) => void
}

export type GridMap<Drawn = Scene> = ReturnType<typeof createGridMap<Drawn>>

export function createGridMap<Drawn>(options: GridMapOptions<Drawn>) {
  const scale = options.scale ?? 1
  const { layers } = options
  let theme = options.theme
  let scene: Drawn | null = null
  let dressed = false
  let waiting = false

  const padding = options.padding ?? { top: 24, right: 24, bottom: 24, left: 24 }
  const map = new MapLibre({
    container: options.container,
    style: groundStyle(readColours(theme), readFontFaces(), scale),
    bounds: [...options.bounds] as [number, number, number, number],
    fitBoundsOptions: { padding },
    attributionControl: false,
    interactive: options.interactive ?? true,
    dragRotate: false,
    pitchWithRotate: false,
    // A fade is a handful of whole frames after every change, for something that nobody waits for.
    fadeDuration: 0,
    maxZoom: 18,
    minZoom: 6,
    // Lines, discs and text smooth themselves; four samples a pixel of a 4K wall would only smooth what lies beneath them.
    canvasContextAttributes: { antialias: false, preserveDrawingBuffer: false },
  })
  map.touchZoomRotate.disableRotation()
  let unsaid = false
  const frames = drawWholeFrames(map, () => {
    if (unsaid) say('drawn')
    unsaid = false
  })
  map.getCanvas().setAttribute('aria-label', options.label)
  const hideOrigins = showOrigins(options.container)

  function dress() {
    const colours = readColours(theme)
    for (const layer of layers) layer.add(map, colours)
    dressed = true
    layBase()
    drawNow()
  }
  let laying: ReturnType<typeof setTimeout> | undefined
  /** Our own ground stays until the server says what lies beneath. */
  function layBase() {
    clearTimeout(laying)
    if (!dressed) return
    layBaseMap(map, theme, readColours(theme)).catch((reason: unknown) => {
      console.warn('map:', reason)
      if (dressed) laying = setTimeout(layBase, askAgain_ms)
    })
  }
  function drawNow() {
    waiting = false
    if (!dressed || !scene) return
    for (const layer of layers) layer.draw(map, scene)
    unsaid = true
    map.triggerRepaint()
  }
  /** A tile that failed leaves a hole on a screen that stands still: it is asked for again, by name, since MapLibre waits for it else. */
  let failed: { z: number; x: number; y: number }[] = []
  let asking: ReturnType<typeof setTimeout> | undefined
  function askAgain(tile: (typeof failed)[number]) {
    failed.push(tile)
    asking ??= setTimeout(() => {
      asking = undefined
      const tiles = failed
      failed = []
      if (!dressed) return
      for (const [id, { type }] of Object.entries(map.getStyle().sources))
        if (type !== 'geojson') map.refreshTiles(id, tiles)
    }, askAgain_ms)
  }
  map.on('style.load', dress)
  map.on('idle', () => say('idle'))
  // Until it is back there is no style to draw into.
  map.on('webglcontextlost', () => (dressed = false))
  map.on('webglcontextrestored', () => {
    dressed = false
    frames.watch()
    map.setStyle(groundStyle(readColours(theme), readFontFaces(), scale), { diff: false })
  })
  // The map goes on showing what it has.
  map.on('error', (event) => {
    console.warn('map:', event.error.message)
    const [z, x, y] = (/(\d+)\/(\d+)\/(\d+)(?:\.\w+)?$/.exec((event.error as { url?: string }).url ?? '') ?? []).slice(
      1,
    )
    if (z && x && y) askAgain({ z: Number(z), x: Number(x), y: Number(y) })
  })
  map.on('click', (event) => {
    if (!options.onPick || !dressed) return
    for (const [layer, kind] of options.picks ?? []) {
      const [feature] = map.queryRenderedFeatures(event.point, { layers: [layer] })
      const id = feature && String(feature.id ?? feature.properties['id'])
      if (id) return options.onPick({ kind, id, properties: feature.properties })
    }
    options.onPick(null)
  })

  return {
    map,
    /** Draws the scene into the next frame; several that are said at once cost one drawing. */
    draw(fresh: Drawn) {
      scene = fresh
      if (waiting) return
      waiting = true
      queueMicrotask(drawNow)
    },
    dressAs(fresh: GroundTheme) {
      if (fresh === theme) return
      theme = fresh
      dressed = false
      map.setStyle(groundStyle(readColours(theme), readFontFaces(), scale), { diff: false })
    },
    fit(box: Box, fitPadding: Padding = padding, duration_ms = 1800, maxZoom = 15) {
      map.stop()
      map.fitBounds([...box] as [number, number, number, number], {
        padding: fitPadding,
        duration: duration_ms,
        maxZoom,
        essential: true,
      })
    },
    flyTo(at: Position, zoom: number, flyPadding: Padding = padding, duration_ms = 2600) {
      // An offset, not a padding: MapLibre keeps a padding flown with and would add it to every later fit.
      const { left, right, top, bottom } = flyPadding
      const offset: [number, number] = [(left - right) / 2, (top - bottom) / 2]
      map.flyTo({ center: [...at], zoom, offset, duration: duration_ms, essential: true })
    },
    /** After an import: the tiles may tell another grid. */
    refreshGround() {
      if (dressed) map.refreshTiles('ground')
    },
    bounds: (): Box => map.getBounds().toArray().flat() as unknown as Box,
    destroy() {
      dressed = false
      clearTimeout(asking)
      clearTimeout(laying)
      frames.end()
      hideOrigins()
      for (const layer of layers) layer.remove?.()
      map.remove()
    },
  }
}

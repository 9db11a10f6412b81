// The one owner of the MapLibre map: makes it, dresses it for night, day or print, holds its layers, and gives each the scene
// again whenever the style is fresh or the WebGL context came back.
import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { Box } from './box.ts'
import { readColours, type GroundTheme } from './colours.ts'
import { readFontFaces } from './fonts.ts'
import { groundStyle } from './ground.ts'
import type { MapLayer, Scene } from './layer.ts'
import { createAreasLayer } from './layers/areas.ts'
import { createDistrictNamesLayer } from './layers/district-names.ts'
import { createFeedersLayer } from './layers/feeders.ts'
import { createIncidentsLayer } from './layers/incidents.ts'
import type { Position } from './glide.ts'

setWorkerUrl(workerUrl)

export type Padding = { top: number; right: number; bottom: number; left: number }
export type Picked = { kind: 'incident' | 'area'; id: string; properties: Record<string, unknown> }

export type GridMapOptions = {
  container: HTMLElement
  theme: GroundTheme
  bounds: Box
  padding?: Padding
  /** 1 for a desk, about 2 for a 4K wall: sizes of marks and text. */
  scale?: number
  /** False on a wall: nobody turns it by hand. */
  interactive?: boolean
  /** Layers beyond the ground's own, crews for instance: chosen by the screen, so that it alone pays for them. */
  extraLayers?: MapLayer[]
  label: string
  onPick?: (picked: Picked | null) => void
}

export type GridMap = ReturnType<typeof createGridMap>

export function createGridMap(options: GridMapOptions) {
  const scale = options.scale ?? 1
  const layers: MapLayer[] = [
    createAreasLayer(),
    createFeedersLayer(),
    createDistrictNamesLayer(scale),
    createIncidentsLayer(scale),
    ...(options.extraLayers ?? []),
  ]
  let theme = options.theme
  let scene: Scene | null = null
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
    fadeDuration: 150,
    maxZoom: 18,
    minZoom: 6,
    canvasContextAttributes: { antialias: true, preserveDrawingBuffer: false },
  })
  map.touchZoomRotate.disableRotation()
  map.getCanvas().setAttribute('aria-label', options.label)

  function dress() {
    const colours = readColours(theme)
    for (const layer of layers) layer.add(map, colours)
    dressed = true
    drawNow()
  }
  function drawNow() {
    waiting = false
    if (!dressed || !scene) return
    for (const layer of layers) layer.draw(map, scene)
  }
  map.on('style.load', dress)
  map.on('webglcontextrestored', () => {
    dressed = false
    map.setStyle(groundStyle(readColours(theme), readFontFaces(), scale), { diff: false })
  })
  // A tile that failed is asked for again by the next move or snapshot; the map goes on showing what it has.
  map.on('error', (event) => console.warn('map:', event.error.message))
  map.on('click', (event) => {
    if (!options.onPick || !dressed) return
    const [mark] = map.queryRenderedFeatures(event.point, { layers: ['incident-mark', 'incident-disc'] })
    if (mark)
      return options.onPick({ kind: 'incident', id: String(mark.properties['id']), properties: mark.properties })
    const [area] = map.queryRenderedFeatures(event.point, { layers: ['area-fill'] })
    options.onPick(area ? { kind: 'area', id: String(area.id), properties: area.properties } : null)
  })

  return {
    map,
    /** Draws the scene at the next frame; several in one frame cost one drawing. */
    draw(fresh: Scene) {
      scene = fresh
      if (waiting) return
      waiting = true
      requestAnimationFrame(drawNow)
    },
    dressAs(fresh: GroundTheme) {
      if (fresh === theme) return
      theme = fresh
      dressed = false
      map.setStyle(groundStyle(readColours(theme), readFontFaces(), scale), { diff: false })
    },
    fit(box: Box, fitPadding: Padding = padding, duration_ms = 1800, maxZoom = 15) {
      map.fitBounds([...box] as [number, number, number, number], {
        padding: fitPadding,
        duration: duration_ms,
        maxZoom,
        essential: true,
      })
    },
    flyTo(at: Position, zoom: number, flyPadding: Padding = padding, duration_ms = 2600) {
      map.flyTo({ center: [...at], zoom, padding: flyPadding, duration: duration_ms, essential: true })
    },
    bounds: (): Box => map.getBounds().toArray().flat() as unknown as Box,
    destroy() {
      for (const layer of layers) layer.remove?.()
      map.remove()
    },
  }
}

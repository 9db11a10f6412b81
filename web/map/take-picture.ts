// A still picture of a map: paper cannot wait for WebGL, and a page that is printed twice need not draw twice.
import type { GridMap } from './grid-map.ts'

/** Tiles and names are there by then, or never. */
const patience_ms = 20_000
/** What a printer shows of a screen's pixel. */
const fineness = 2

/** The picture once all of the map is drawn, as an address; throws where that takes too long. The map goes with it. */
export async function takePicture<Drawn>({ map, destroy }: GridMap<Drawn>): Promise<string> {
  map.setPixelRatio(fineness)
  try {
    await new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error('the map was not drawn in time')), patience_ms)
      void map.once('idle', () => resolve())
    })
    // Only within the frame that drew it does the canvas still hold it.
    const shot = new Promise<Blob | null>((resolve) => {
      void map.once('render', () => map.getCanvas().toBlob(resolve))
    })
    map.triggerRepaint()
    const picture = await shot
    if (!picture) throw new Error('the canvas gave no picture')
    return URL.createObjectURL(picture)
  } finally {
    destroy()
  }
}

// Makes a phone's picture small enough to be sent from where there is little network, on the phone itself.
import { largestPhotograph_bytes } from '../../server/contract/photograph-limits.ts'

/** Enough to read a name plate by. */
const longest_px = 1600
/** Tried one after the other until it fits. */
const qualities = [0.8, 0.6, 0.4]

export type KeptPicture = { bytes: ArrayBuffer; media_type: string }

/** The picture as a smaller JPEG, upright; null for a file that the phone cannot show. */
export async function shrinkPhotograph(file: Blob): Promise<KeptPicture | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!bitmap) return null
  const scale = Math.min(1, longest_px / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  for (const quality of qualities) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (blob && blob.size <= largestPhotograph_bytes)
      return { bytes: await blob.arrayBuffer(), media_type: 'image/jpeg' }
  }
  return null
}

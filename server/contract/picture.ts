// What is taken for a photograph: by its first bytes, whatever its sender calls it, and by its size.
import { largestPhotograph_bytes } from './photograph-limits.ts'
import type { PhotographType } from './photographs.ts'
import { Refusal } from './refusal.ts'

/** What the first bytes say that a picture is; null for anything else. */
export function typeOfPicture(bytes: Uint8Array): PhotographType | null {
  const begins = (...wanted: number[]) => wanted.every((byte, at) => bytes[at] === byte)
  const says = (at: number, text: string) =>
    Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(0x89) && says(1, 'PNG\r\n')) return 'image/png'
  return says(0, 'RIFF') && says(8, 'WEBP') ? 'image/webp' : null
}

/** The type of a picture that may be kept; throws Refusal `too_large`, or `invalid` for what is no picture. */
export function checkPicture(picture: Uint8Array): PhotographType {
  if (picture.byteLength > largestPhotograph_bytes)
    throw new Refusal('too_large', {
      zh: `照片最大 ${largestPhotograph_bytes} 字节，这张有 ${picture.byteLength} 字节：请先缩小`,
      en: `A photograph may have ${largestPhotograph_bytes} bytes; this one has ${picture.byteLength}: make it smaller first`,
    })
  const type = typeOfPicture(picture)
  if (!type)
    throw new Refusal('invalid', {
      zh: '这不是 JPEG、PNG 或 WebP 图片',
      en: 'The body is no JPEG, PNG or WebP picture',
    })
  return type
}

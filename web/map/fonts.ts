// The map's text drawn from the same font files as the page: MapLibre picks files by character range itself, because waiting
// for the page's own subsets races and leaves boxes. The list is read from the page's font rules, so it costs no bytes twice.
import type { StyleSpecification } from 'maplibre-gl'

export const mapFont = 'Noto Sans SC'
const family = 'Noto Sans SC Variable'

export function readFontFaces(): NonNullable<StyleSpecification['font-faces']> {
  const faces: { url: string; 'unicode-range': string[] }[] = []
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule) || !rule.style.getPropertyValue('font-family').includes(family)) continue
      const source = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1]
      const ranges = rule.style.getPropertyValue('unicode-range')
      if (!source || !ranges) continue
      faces.push({
        url: new URL(source, sheet.href ?? location.href).href,
        'unicode-range': ranges.split(',').map((range) => range.trim()),
      })
    }
  }
  return { [mapFont]: faces }
}

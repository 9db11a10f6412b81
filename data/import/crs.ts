// Turns coordinates of the folder's reference system into WGS 84. GCJ-02 is the shifted system of Chinese maps (half a
// kilometre off), BD-09 Baidu's on top of it; CGCS2000 differs from WGS 84 by centimetres and is taken as it is.
import gcoord from 'gcoord'

export const knownCrs = ['wgs84', 'gcj02', 'bd09', 'cgcs2000'] as const
export type Crs = (typeof knownCrs)[number]

/** A place in, the same place as WGS 84 out; null where nothing needs converting. */
export type Convert = ((place: [number, number]) => [number, number]) | null

/** Seven decimals are a centimetre: more would only be noise of the inversion, and differ from machine to machine. */
const rounded = (degrees: number) => Math.round(degrees * 1e7) / 1e7

export function converterFrom(crs: Crs): Convert {
  if (crs === 'wgs84' || crs === 'cgcs2000') return null
  const system = crs === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09
  return (place) => {
    const [lon, lat] = gcoord.transform<[number, number]>(place, system, gcoord.WGS84)
    return [rounded(lon), rounded(lat)]
  }
}

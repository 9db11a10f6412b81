// Links into the phone's own navigation: `geo:` speaks WGS 84, Amap speaks GCJ-02 (taking one for the other is half a kilometre wrong).
import gcoord from 'gcoord'

export type Place = { lon: number; lat: number; name: string }

const short = (degrees: number) => degrees.toFixed(6)

/** RFC 5870, with the label that Android's maps understand. */
export const geoLink = ({ lon, lat, name }: Place) =>
  `geo:${short(lat)},${short(lon)}?q=${short(lat)},${short(lon)}(${encodeURIComponent(name)})`

/** Opens the Amap app where it is installed, else its page. */
export function amapLink({ lon, lat, name }: Place): string {
  const [east, north] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02)
  const query = new URLSearchParams({
    to: `${short(east)},${short(north)},${name}`,
    mode: 'car',
    coordinate: 'gaode',
    callnative: '1',
  })
  return `https://uri.amap.com/navigation?${query}`
}

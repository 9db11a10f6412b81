import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readDistrictFeatures } from '../../data/generate/districts.ts'

const data = path.join(import.meta.dirname, '..', '..', 'data')

test('the district boundaries are the file that the sources page names', () => {
  const bytes = readFileSync(path.join(data, 'region', 'jiangmen-districts.geojson'))
  expect(readFileSync(path.join(data, 'sources.md'), 'utf8')).toContain(
    createHash('sha256').update(bytes).digest('hex'),
  )
})

test('all seven districts of Jiangmen are there, with closed rings inside its bounds', () => {
  const features = readDistrictFeatures()
  expect(features.map((feature) => feature.properties.name).sort()).toEqual(
    ['蓬江区', '江海区', '新会区', '台山市', '开平市', '鹤山市', '恩平市'].sort(),
  )
  for (const { geometry } of features)
    for (const ring of geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()) {
      expect(ring[0]).toEqual(ring.at(-1))
      for (const [lon, lat] of ring) expect(lon! > 111.9 && lon! < 113.3 && lat! > 21.4 && lat! < 22.9).toBe(true)
    }
})

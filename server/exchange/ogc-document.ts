// The OpenAPI 3.0 document of the OGC API, and the pages that describe it.
import { collections, type CollectionId } from './ogc-collections.ts'

export const conformsTo = ['core', 'oas30', 'geojson'].map(
  (part) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${part}`,
)

export const types = {
  json: 'application/json',
  geojson: 'application/geo+json',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
}

export const link = (href: string, rel: string, type: string, title?: string) => ({
  href,
  rel,
  type,
  ...(title && { title }),
})

/** The landing page; `root` is the address of the API. */
export function landing(root: string) {
  return {
    title: 'Relight',
    description: 'What the public may see of losses of supply: areas, districts, planned outages',
    links: [
      link(`${root}/`, 'self', types.json, 'This page'),
      link(`${root}/api`, 'service-desc', types.openapi, 'The definition of this API'),
      link(`${root}/conformance`, 'conformance', types.json, 'What it conforms to'),
      link(`${root}/collections`, 'data', types.json, 'The collections'),
    ],
  }
}

/** One collection; `bbox` is the ground of the network, null where there is none yet. */
export function describeCollection(id: CollectionId, root: string, bbox: number[] | null) {
  const { title, description, timed } = collections[id]
  const self = `${root}/collections/${id}`
  return {
    id,
    title,
    description,
    itemType: 'feature',
    crs: ['http://www.opengis.net/def/crs/OGC/1.3/CRS84'],
    ...(bbox && {
      extent: {
        spatial: { bbox: [bbox], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
        ...(timed && { temporal: { interval: [[null, null]] } }),
      },
    }),
    links: [link(self, 'self', types.json), link(`${self}/items`, 'items', types.geojson, title)],
  }
}

const answers = (description: string, type: string, schema: object) => ({
  '200': { description, content: { [type]: { schema } } },
  '400': {
    description: 'A parameter cannot be used',
    content: { 'application/problem+json': { schema: { type: 'object' } } },
  },
  '404': {
    description: 'There is no such thing',
    content: { 'application/problem+json': { schema: { type: 'object' } } },
  },
})

const query = (name: string, description: string, schema: object, more: object = {}) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
  ...more,
})
const list = { style: 'form', explode: false }
const numbers = {
  type: 'array',
  items: { type: 'number' },
  oneOf: [
    { minItems: 4, maxItems: 4 },
    { minItems: 6, maxItems: 6 },
  ],
}
const collectionId = {
  name: 'collectionId',
  in: 'path',
  required: true,
  schema: { type: 'string', enum: Object.keys(collections) },
}
const featureId = { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } }
const object = { type: 'object' }
const links = { type: 'array', items: { type: 'object', required: ['href'], properties: { href: { type: 'string' } } } }
const feature = {
  type: 'object',
  required: ['type', 'geometry', 'properties'],
  properties: {
    type: { type: 'string', enum: ['Feature'] },
    id: { type: 'string' },
    geometry: { type: 'object', nullable: true },
    properties: { type: 'object' },
    links,
  },
}
const featureCollection = {
  type: 'object',
  required: ['type', 'features'],
  properties: {
    type: { type: 'string', enum: ['FeatureCollection'] },
    features: { type: 'array', items: feature },
    links,
    timeStamp: { type: 'string', format: 'date-time' },
    numberMatched: { type: 'integer', minimum: 0 },
    numberReturned: { type: 'integer', minimum: 0 },
  },
}

const get = (operationId: string, summary: string, responses: object, parameters: object[] = []) => ({
  get: { operationId, summary, parameters, responses },
})

/** The definition of the API, OpenAPI 3.0.3. */
export function openApi(root: string) {
  const format = query('f', 'JSON is all there is', { type: 'string', enum: ['json', 'geojson'] })
  const items = [
    collectionId,
    query('bbox', 'West, south, east, north', numbers, list),
    query('datetime', 'An instant, or an interval with .. for an open end', { type: 'string' }),
    query('limit', 'At most so many features', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }, list),
    query('offset', 'Where to go on: taken from a next link', { type: 'integer', minimum: 0, default: 0 }),
    format,
  ]
  return {
    openapi: '3.0.3',
    info: { title: 'Relight: OGC API Features', version: '1.0.0', description: 'What the public may see' },
    servers: [{ url: root }],
    paths: {
      '/': get('getLandingPage', 'Landing page', answers('Links', types.json, object), [format]),
      '/conformance': get('getConformance', 'Conformance classes', answers('Classes', types.json, object), [format]),
      '/collections': get('getCollections', 'Collections', answers('Collections', types.json, object), [format]),
      '/collections/{collectionId}': get('describeCollection', 'One collection', answers('It', types.json, object), [
        collectionId,
        format,
      ]),
      '/collections/{collectionId}/items': get(
        'getFeatures',
        'Features',
        answers('A page of features', types.geojson, featureCollection),
        items,
      ),
      '/collections/{collectionId}/items/{featureId}': get(
        'getFeature',
        'One feature',
        answers('It', types.geojson, feature),
        [collectionId, featureId, format],
      ),
    },
  }
}

// The map's colours, read from the design tokens so that they are said once; a probe element resolves light or dark.

export type GroundTheme = 'night' | 'day' | 'print'

const tokens = {
  land: '--map-land',
  beyond: '--map-beyond',
  water: '--map-water',
  waterEdge: '--map-water-edge',
  roadArterial: '--map-road-arterial',
  roadSecondary: '--map-road-secondary',
  roadResidential: '--map-road-residential',
  roadEdge: '--map-road-edge',
  district: '--map-district',
  area: '--map-area',
  feeder: '--map-feeder',
  feederDead: '--map-feeder-dead',
  label: '--map-label',
  labelHalo: '--map-label-halo',
  ink: '--ink',
  panel: '--panel',
  accent: '--accent',
  suspected: '--state-suspected',
  probable: '--state-probable',
  confirmed: '--state-confirmed',
  partly_restored: '--state-partly-restored',
  restored: '--state-restored',
  closed: '--state-closed',
  cancelled: '--state-cancelled',
  planned: '--state-planned',
} as const

export type MapColours = Record<keyof typeof tokens, string>

export function readColours(theme: GroundTheme): MapColours {
  const probe = document.createElement('span')
  probe.style.colorScheme = theme === 'night' ? 'dark' : 'light'
  probe.dataset['ground'] = theme
  document.body.append(probe)
  const read = (token: string) => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  const colours = Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, read(token)])) as MapColours
  probe.remove()
  return colours
}

/** `rgb(1, 2, 3)` with an alpha, for a canvas or a style. */
export const withAlpha = (colour: string, alpha: number) =>
  colour.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+).*\)$/, `rgba($1,$2,$3,${alpha})`)

/** The same as four bytes, for deck.gl. */
export function bytesOf(colour: string, alpha = 255): [number, number, number, number] {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return [red, green, blue, alpha]
}

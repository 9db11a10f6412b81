// How a phone number may be written. A file that comes from many hands holds the same number with dashes, spaces and the country's
// code; it is looked up in all the usual spellings, so that the index on what is kept serves as it is.

const mobile = /^(?:0086|86|0)?(1\d{10})$/
/** An area code of three digits is 010 or 02x. Without its 0 only behind the country's code: 852, of Hong Kong, is not 0852. */
const landline = /^(?:(?:0086|86)0?|0)(10|2\d|[3-9]\d{2})(\d{7,8})$/

/** The ways, two dozen at most, that a phone number may stand in the customer file. */
export function phoneForms(phone: string): string[] {
  const digits = phone.replace(/\D/g, '')
  if (digits === '') return [phone]
  const others = phone.startsWith('+') ? [`+${digits}`] : [`+86${digits}`, `86${digits}`]
  return [...new Set([phone, digits, ...(spelt(digits) ?? others)])]
}

function spelt(digits: string): string[] | null {
  const [, cell] = mobile.exec(digits) ?? []
  if (cell !== undefined) {
    const parts = [cell.slice(0, 3), cell.slice(3, 7), cell.slice(7)]
    const spellings = [cell, parts.join('-'), parts.join(' ')]
    return [...spellings, `0${cell}`, ...abroad(spellings, cell)]
  }
  const [, area, local] = landline.exec(digits) ?? []
  if (area === undefined) return null
  const spellings = [`${area}${local}`, `${area}-${local}`, `${area} ${local}`]
  return [...spellings.map((each) => `0${each}`), `(0${area})${local}`, ...abroad(spellings, spellings[0]!)]
}

/** With the country's code before the number. */
function abroad(spellings: string[], whole: string): string[] {
  const [, dashed] = spellings
  return [
    `+86${whole}`,
    `86${whole}`,
    `0086${whole}`,
    ...spellings.map((each) => `+86 ${each}`),
    ...[whole, dashed].flatMap((each) => [`+86-${each}`, `86-${each}`]),
    `86 ${whole}`,
  ]
}

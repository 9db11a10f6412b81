// How a phone number may be written.

/** The ways that a phone number may stand in the customer file: as given, digits only, with and without the country code. */
export function phoneForms(phone: string): string[] {
  const digits = phone.replace(/\D/g, '')
  const bare = digits.replace(/^(0086|86)(?=1\d{10}$)/, '')
  return [...new Set([phone, digits, bare, `+86${bare}`, `86${bare}`])].filter((form) => form !== '')
}

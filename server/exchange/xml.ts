// A writer of small XML documents: everything that goes in is escaped, nothing else is offered. A library would bring a parser
// and options that nobody here asks for.

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
// XML 1.0 has no place for control characters and halves of surrogate pairs, escaped or not.
const unwritable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text as it may stand in an element or an attribute. */
export function escapeXml(text: string): string {
  return text.replace(unwritable, '').replace(/[&<>"']/g, (character) => entities[character]!)
}

/** An element's content: text, elements in order, or nothing (null leaves the element out, '' makes it empty). */
export type XmlContent = string | number | boolean | null | XmlNode[]
export type XmlNode = [name: string, content: XmlContent]

/** `nodes` as text; an element whose content is null is left out. */
export function writeXml(nodes: readonly XmlNode[]): string {
  return nodes
    .map(([name, content]) => {
      if (content === null) return ''
      if (Array.isArray(content)) return `<${name}>${writeXml(content)}</${name}>`
      return content === '' ? `<${name}/>` : `<${name}>${escapeXml(String(content))}</${name}>`
    })
    .join('')
}

/** A whole document; `namespace` is the root's. */
export function xmlDocument(root: string, nodes: readonly XmlNode[], namespace?: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${escapeXml(namespace)}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${writeXml(nodes)}</${root}>\n`
}

// Reads a server-sent event stream from bytes as they arrive: the format of the HTML standard, section 9.2.6, by hand because
// the browser's EventSource cannot send an Authorization header.

export type StreamEvent = { id: string | null; name: string; data: string }

/** Feeds on text in pieces of any size and gives back the events that each piece completes. */
export function createEventReader(): (piece: string) => StreamEvent[] {
  let rest = ''
  let id: string | null = null
  let name = ''
  let data: string[] = []

  const takeLine = (line: string): StreamEvent | null => {
    if (line === '') {
      const event = data.length > 0 ? { id, name: name || 'message', data: data.join('\n') } : null
      name = ''
      data = []
      return event
    }
    const colon = line.indexOf(':')
    if (colon === 0) return null
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'id' && !value.includes('\0')) id = value
    else if (field === 'event') name = value
    else if (field === 'data') data.push(value)
    return null
  }

  return (piece) => {
    rest += piece
    const events: StreamEvent[] = []
    let start = 0
    for (;;) {
      const end = rest.indexOf('\n', start)
      if (end < 0) break
      const event = takeLine(rest.slice(start, rest[end - 1] === '\r' ? end - 1 : end))
      if (event) events.push(event)
      start = end + 1
    }
    rest = rest.slice(start)
    return events
  }
}

// Where a request comes from, as far as tries are counted by it: the machine that connected, or, where the operator says which
// reverse proxies stand before us, the one that they name in X-Forwarded-For. A header that anybody can write counts for nothing else.
import { BlockList, isIP, isIPv6 } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import { createMiddleware } from 'hono/factory'
import type { AccessEnv } from './who.ts'

/** How many proxies stand before us, or which; none is believed by default. */
export type TrustedProxies = { hops: number } | { among: BlockList } | null

/** More would be a mistake: each hop is a machine of the operator's own. */
const mostHops = 10

/** Reads `text`, a count or a list of addresses and networks; undefined where it is neither. */
export function readTrustedProxies(text: string): TrustedProxies | undefined {
  if (/^\d+$/.test(text))
    return Number(text) <= mostHops ? (Number(text) > 0 ? { hops: Number(text) } : null) : undefined
  const among = new BlockList()
  for (const each of text.split(',')) {
    const [address = '', prefix, ...more] = each.trim().split('/')
    const family = isIP(address)
    if (family === 0 || more.length > 0) return undefined
    const type = family === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) among.addAddress(address, type)
    else if (/^\d+$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32))
      among.addSubnet(address, Number(prefix), type)
    else return undefined
  }
  return { among }
}

/** The client's address: of `socket` and what `forwarded` lists, the last that no trusted proxy of ours is. */
export function clientAddress(
  socket: string | undefined,
  forwarded: string | undefined,
  trusted: TrustedProxies,
): string {
  const nearest = plain(socket ?? '')
  const said = (forwarded ?? '').split(',').map((each) => plain(each.trim()))
  // From the machine that connected outwards; what stands beyond something that is no address was made up.
  const chain = [nearest, ...said.reverse()]
  const end = chain.findIndex((each, place) => place > 0 && isIP(each) === 0)
  const known = end < 0 ? chain : chain.slice(0, end)
  if (trusted === null) return asker(nearest)
  if ('hops' in trusted) return asker(known[Math.min(trusted.hops, known.length - 1)]!)
  const isProxy = (each: string) => isIP(each) !== 0 && trusted.among.check(each, isIPv6(each) ? 'ipv6' : 'ipv4')
  return asker(known.find((each) => !isProxy(each)) ?? known.at(-1)!)
}

/** `::ffff:192.0.2.1` is 192.0.2.1; ports and brackets, as some proxies write them, are left out. */
function plain(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address
  return bare.replace(/^::ffff:(?=\d+\.)/i, '')
}

/** One household holds a whole /64 of IPv6: it is one asker, however many of its addresses it uses. */
function asker(address: string): string {
  if (!isIPv6(address)) return address || 'unknown'
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((each) => Number.parseInt(each, 16).toString(16))
    .join(':')}::/64`
}

/** Middleware that sets `address` of every request. */
export function addressed(trusted: TrustedProxies) {
  return createMiddleware<AccessEnv & { Bindings: Partial<HttpBindings> }>(async (context, next) => {
    const socket = context.env?.incoming?.socket.remoteAddress
    context.set('address', clientAddress(socket, context.req.header('x-forwarded-for'), trusted))
    await next()
  })
}

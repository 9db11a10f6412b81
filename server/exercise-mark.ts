// Marks every answer of a server on an exercise's database, and every page with a banner and a watermark over all of it, print
// included, so that training is never taken for the real thing. Pages go out unpacked and unremembered: a browser that knew
// this address as a real one is not told that nothing has changed.
import { createMiddleware } from 'hono/factory'
import type { AccessEnv } from './access/index.ts'

const watermark = encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" width="420" height="260"><text x="210" y="140" text-anchor="middle" transform="rotate(-24 210 130)" font-family="sans-serif" font-size="34" font-weight="700" fill="#ff8a00" fill-opacity="0.2">演练 EXERCISE</text></svg>`,
)

/** Lies over everything and takes no click. */
export const banner = `<style>
.relight-exercise{position:fixed;inset:0;z-index:2147483647;pointer-events:none;border:6px solid #ff8a00;background:url("data:image/svg+xml,${watermark}");print-color-adjust:exact;-webkit-print-color-adjust:exact}
.relight-exercise b{position:absolute;left:50%;top:0;translate:-50% 0;padding:2px 18px 4px;background:#ff8a00;color:#1a0d00;font:700 15px/1.4 system-ui,sans-serif;border-radius:0 0 8px 8px;white-space:nowrap}
</style><div class="relight-exercise" role="note"><b>演练 EXERCISE · 并非真实 nothing here is real</b></div>`

export const exerciseMark = createMiddleware<AccessEnv>(async (context, next) => {
  const asked = context.req.raw.headers
  asked.delete('accept-encoding')
  if (!/^\/(api|tiles)\//.test(context.req.path)) asked.delete('if-none-match')
  await next()
  const { res } = context
  // The live stream writes its own answer.
  if (res.headers.has('x-hono-already-sent')) return
  if (!(res.headers.get('content-type') ?? '').startsWith('text/html') || res.headers.has('content-encoding')) {
    context.header('x-relight-exercise', 'on')
    return
  }
  const page = await res.text()
  const headers = new Headers(res.headers)
  headers.delete('etag')
  headers.delete('content-length')
  headers.set('cache-control', 'no-store')
  headers.set('x-relight-exercise', 'on')
  const marked = page.includes('</body>') ? page.replace('</body>', () => `${banner}</body>`) : `${page}${banner}`
  context.res = undefined
  context.res = new Response(marked, { status: res.status, headers })
})

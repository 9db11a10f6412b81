// Marks every answer of a server on an exercise's database, and every page with a banner and a watermark over all of it, print
// included, so that training is never taken for the real thing. Pages go out unpacked and unremembered: a browser that knew
// this address as a real one is not told that nothing has changed.
import { createMiddleware } from 'hono/factory'
import type { AccessEnv } from './access/index.ts'

/** Eight columns by six rows: the cells of `banner` grow with the screen, so that as many cover any. */
const watermarks = '<i aria-hidden="true">演练 EXERCISE</i>'.repeat(48)
const font = "'Noto Sans SC Variable','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
const mark = '【演练 EXERCISE】'

/** The mark stays before the title, whatever title a page gives itself later. */
const keepTitle = `<script>(() => {
const keep = () => document.title.startsWith('${mark}') || (document.title = '${mark}' + document.title)
keep()
new MutationObserver(keep).observe(document.head, { subtree: true, childList: true, characterData: true })
})()</script>`

/** Lies over everything and takes no click; on a wall it is read from across a room, and leaves free how old the picture is. */
export const banner = `<style>
.relight-exercise{position:fixed;inset:0;z-index:2147483647;overflow:hidden;pointer-events:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,max(300px,12.5vw)),1fr));grid-auto-rows:max(230px,16.7vh);place-items:center;border:max(6px,.3vw) solid #ff8a00;font:700 max(30px,min(1.9vw,3.4vh))/1.4 ${font};print-color-adjust:exact;-webkit-print-color-adjust:exact}
.relight-exercise i{rotate:-24deg;color:#ff8a00;opacity:.2;font-style:normal;white-space:nowrap}
.relight-exercise b{position:absolute;left:50%;top:0;translate:-50% 0;padding:.06em 1.2em .2em;background:#ff8a00;color:#1a0d00;font-size:15px;border-radius:0 0 .5em .5em;white-space:nowrap}
[data-screen=wall] .relight-exercise b{left:41%;font-size:max(15px,min(1.1vw,1.9vh))}
</style><div class="relight-exercise" role="note"><b>演练 EXERCISE · 并非真实 nothing here is real</b>${watermarks}</div>${keepTitle}`

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
  const page = (await res.text()).replace('<title>', () => `<title>${mark}`)
  const headers = new Headers(res.headers)
  headers.delete('etag')
  headers.delete('content-length')
  headers.set('cache-control', 'no-store')
  headers.set('x-relight-exercise', 'on')
  const marked = page.includes('</body>') ? page.replace('</body>', () => `${banner}</body>`) : `${page}${banner}`
  context.res = undefined
  context.res = new Response(marked, { status: res.status, headers })
})

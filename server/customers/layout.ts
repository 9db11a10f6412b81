// The frame of a page of plain HTML: readable on an old phone, by a screen reader, without any script.
import type { Language } from '../contract/shapes.ts'
import { words } from './words.ts'

const characters: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand in HTML. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => characters[character]!)
}

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:0 1rem 2rem;max-width:42rem;color:#1a1f24;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:1.6rem}ul{padding:0;list-style:none}li{padding:.6rem 0;border-top:1px solid #ccd2d8}
small{color:#4a5560}.sum strong{font-size:1.6rem}a{color:#0b57a4}nav{padding:.6rem 0}
label{display:block;margin-top:.6rem}input,select,textarea,button{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #6b7680;border-radius:4px}
fieldset{border:0;padding:0;margin:1rem 0}legend{padding:0}.check input{width:auto}.marks label{display:inline-block;margin:.3rem 1rem .3rem 0}.marks input{width:auto}.pair{display:flex;gap:.8rem}button.no{background:#a3251a}button{margin-top:1rem;background:#0b57a4;color:#fff;border:0}
@media(prefers-color-scheme:dark){body{background:#14181c;color:#e8ecef}small{color:#a9b4be}a{color:#7db8f0}li{border-color:#39424a}input,select,textarea{background:#1d2329;color:inherit}}`

/** A whole page; `body` is HTML, the rest is text. */
export function layOut(page: { title: string; language: Language; body: string }): string {
  const { title, language, body } = page
  const other = language === 'zh' ? 'en' : 'zh'
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title><style>${style}</style></head>
<body>
<nav><a href="/api/public/status?lang=${language}">${escape(words[language].home)}</a> · <a href="?lang=${other}" lang="${other}">${words[language].other}</a></nav>
<main><h1>${escape(title)}</h1>${body}</main>
</body>
</html>
`
}

// Chinese sentences take Chinese punctuation, wherever the service makes them.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
/** A comma, semicolon, colon or bracket of the Latin kind beside a Chinese character, or beside a figure put in next to one. */
const halfWidth = /[\u4e00-\u9fff][,;:(]|[\u4e00-\u9fff}][,;:][\u4e00-\u9fff]|(?<![a-z])[,;:)][\u4e00-\u9fff]/

const filesIn = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => file.endsWith('.ts'))

/** What customers write back is looked for, never said. */
const patterns = 'server/customers/answer-in.ts'

/** Comments are English, patterns no sentences. */
const isSentence = (line: string) => !/^\s*(\/\/|\/?\*)|\/\^/.test(line)

it('stands in every sentence of the server and every word of the screens', () => {
  const files = [...filesIn('server'), ...filesIn('web/text')].filter((file) => file !== patterns)
  const found = files.flatMap((file) =>
    readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      .filter((line) => isSentence(line) && halfWidth.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )
  expect(found).toEqual([])
  expect('停电,影响').toMatch(halfWidth)
  expect('停电，影响；第3号（预计）').not.toMatch(halfWidth)
})

import { expect, it } from 'vitest'
import { askBack } from '../../server/notifications/ask-back.ts'
import { channelKinds } from '../../server/notifications/channels/open-channel.ts'

const link = 'https://power.example/back/4f.Xs0aPq3Rt5'
const said = (says: { zh: string; en: string }) => `${says.zh} ${says.en}`

it('asks for a reply only where one can come in', () => {
  const replying = channelKinds.filter((kind) => /回复|reply/i.test(said(askBack(kind, false, link))))
  expect(replying).toEqual(['webhook', 'smpp'])
  expect(said(askBack('kannel', true, link))).toMatch(/回复“0”.*reply 0/)
})

it('names a way that leads somewhere, with and without an address of the public page', () => {
  for (const kind of [...channelKinds, null])
    for (const home of [link, null])
      for (const hasReplies of [true, false]) {
        const { zh, en } = askBack(kind, hasReplies, home)
        const way = home === null ? /回复|95598|点开/ : /回复|back\/4f|点开/
        expect(zh).toMatch(way)
        expect(en).toMatch(home === null ? /reply|95598|open this notice/ : /reply|back\/4f|open this notice/)
        expect(`${zh}${en}`).not.toMatch(/null|undefined/)
      }
})

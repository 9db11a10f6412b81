// What the desk says of itself: a new version, and a sign-in that ends.
import { counted, words } from './words.ts'

export const deskDoorText = words(
  {
    newer: '有新版本，点此载入',
    newerHint: '手头的事做完再点；没人操作时会自动载入',
    expires: (minutes: string) => `登录还有 ${minutes} 分钟到期，点此续期`,
    again: '重新登录',
    ended: '登录已到期。重新登录后接着做，没做完的都还在。',
    ahead: '现在重新登录，手头的事不受影响。',
    drop: '退出，不保留',
  },
  {
    newer: 'A new version is there: press to load',
    newerHint: 'Finish what you are doing first; it loads by itself once nobody is at work',
    expires: (minutes) => `The sign-in ends in ${counted(minutes, 'minute')}: press to renew`,
    again: 'Sign in again',
    ended: 'The sign-in has ended. Sign in again and go on: nothing that you were doing is lost.',
    ahead: 'Sign in again now; what you are doing stays as it is.',
    drop: 'Sign out, keep nothing',
  },
)

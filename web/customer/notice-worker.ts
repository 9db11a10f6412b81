// Shows what the service pushes to this browser. The same message sent twice has one key, and so is one notice.
const worker = self as unknown as ServiceWorkerGlobalScope

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

worker.addEventListener('push', (event) => {
  const { key, text, page } = (event.data?.json() ?? {}) as { key?: string; text?: string; page?: string }
  if (!key || !text) return
  const isChinese = /\p{Script=Han}/u.test(text)
  event.waitUntil(
    worker.registration.showNotification(isChinese ? '停电通知' : 'Power outage notice', {
      body: text,
      tag: key,
      data: page,
      lang: isChinese ? 'zh-CN' : 'en',
    }),
  )
})

worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  // The customer's own page; a notice of before had none.
  const page: unknown = event.notification.data
  event.waitUntil(worker.clients.openWindow(typeof page === 'string' && page.startsWith('/back/') ? page : '/'))
})

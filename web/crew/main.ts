// Starts the screen, and the worker that keeps it working with no network.
import { mount } from 'svelte'
import '../ui/base.css'
import Screen from './Screen.svelte'

mount(Screen, { target: document.getElementById('screen')! })

/** What the page loaded before the worker was there: fonts above all. */
const loaded = () =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((url) => url.startsWith(`${location.origin}/assets/`))

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/crew-worker.js', { scope: '/crew' })
  void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ keep: loaded() }))
  // A phone throws away what nobody asked it to keep: queued steps must not be among it.
  void navigator.storage?.persist?.()
}

// Starts a TypeScript module in a worker thread. Node 20 does not hand the loader of `--import tsx` down to a thread,
// so the thread registers it itself before it loads the module.
import { Worker } from 'node:worker_threads'

/** `module` is a file URL; `data` reaches the thread as `workerData`. */
export function startThread(module: URL, data: unknown): Worker {
  const boot = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(module.href)}) })`
  return new Worker(boot, { eval: true, workerData: data })
}

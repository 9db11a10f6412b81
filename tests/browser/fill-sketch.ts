// Once a run: the sketch in an embedded database, to copy from. Most browser tests serve it just as it is.
import { fillTemplate } from './served-sketch.ts'

let remove = () => {}

export async function setup(): Promise<void> {
  remove = await fillTemplate()
}

export const teardown = () => remove()

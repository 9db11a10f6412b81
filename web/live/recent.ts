// How long what the server adds up stands on a screen as how things are; after that it is shown with its age. Pure.

/** It is read every half minute: two readings may be missed. */
const mostAge_ms = 95_000

/** Whether what was answered at the server's instant `at` still says how things are at the server's `now`. */
export const isRecent = (at: string | null | undefined, now: number) => !!at && now - Date.parse(at) < mostAge_ms

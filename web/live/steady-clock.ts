// A clock that only goes on: it begins at this machine's time and follows its steady counter, so that a clock that is set while a
// screen runs for months makes no picture older or younger than it is.

const origin = Date.now() - performance.now()

/** Milliseconds since 1970, as this machine said when the page was opened. */
export const steadyNow = () => origin + performance.now()

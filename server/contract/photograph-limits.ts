// How large photographs may be, and how many: apart from their schemas, so that a phone need not load those.

/** A phone sends 1,600 pixels as JPEG, some 300 kB; a picture past this was not made smaller first. */
export const largestPhotograph_bytes = 2_000_000
/** More pictures of one visit nobody looks at. */
export const mostPhotographs = 20
/** With one report. */
export const mostReportPhotographs = 3

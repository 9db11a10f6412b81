// How an experiment of the laboratory refuses what it was given: one clear line on standard error and exit code 2.

/** Input that cannot be used; the message names file, line and column, what is wrong and what would be right. */
export class BadInput extends Error {}

/** Runs an experiment; bad input ends the process with its line, anything else is a fault of ours and is thrown on. */
export async function refusingBadInput(name: string, experiment: () => Promise<void>): Promise<void> {
  try {
    await experiment()
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    console.error(`lab ${name}: ${error.message}`)
    process.exitCode = 2
  }
}

// `npm run lab -- NAME …`: runs the service's own decision code on files, so that anyone can score its answers.

/** What every experiment of the laboratory exports. */
export type Experiment = { run(args: string[]): Promise<void> }

const experiments = ['nearest', 'infer', 'estimate', 'plan', 'storm']

const [name = '', ...args] = process.argv.slice(2)
if (!experiments.includes(name)) {
  console.error(`lab: no experiment ${JSON.stringify(name)}; there are ${experiments.join(', ')}`)
  process.exit(2)
}
const experiment = (await import(`./${name}.ts`)) as Experiment
await experiment.run(args)

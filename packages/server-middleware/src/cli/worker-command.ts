import type { ConfiguredBilling, WorkerJob } from './billing-config.ts'
import type { Command, Given, Report } from './command.ts'
import type { Terminal } from './terminal.ts'

const work = async ({ worker }: ConfiguredBilling, _given: Given, terminal: Terminal): Promise<Report> => {
  const stopping = terminal.untilStopped?.() ?? AbortSignal.abort()
  worker.start()
  terminal.out(`The worker runs until it is told to stop (SIGTERM, Ctrl-C):\n${worker.jobs.map(toLine).join('\n')}\n`)
  await aborted(stopping)
  terminal.out('Stopping: what has begun is finished, and nothing begins.\n')
  await worker.stop()
  return { text: 'Stopped.', ok: true }
}

const toLine = ({ name, everyMilliseconds, restMilliseconds }: WorkerJob): string => {
  if (restMilliseconds === undefined) return `  ${name}  every ${inWords(everyMilliseconds)}`
  return `  ${name}  every ${inWords(restMilliseconds)}, in one process at a time`
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

const inWords = (milliseconds: number): string => {
  const [unit, length] = units.find(([, each]) => milliseconds >= each) ?? units[3]
  const count = milliseconds / length
  return count === 1 ? unit : `${count} ${unit}s`
}

const aYear = 2_000_000_000

/** Keeps the process alive meanwhile: neither timers of the worker nor signals do. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const alive = setInterval(() => undefined, aYear)
    const end = (): void => {
      clearInterval(alive)
      resolve()
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })

export const workerCommand: Command = {
  name: 'worker',
  purpose: 'run what goes on beside requests, until SIGTERM or Ctrl-C; any number of them may run',
  run: work,
}

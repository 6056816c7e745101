import type { Deps } from '../ports/deps.ts'
import { jobs as allJobs, type Job } from './jobs.ts'
import { takeTurn } from './take-turn.ts'

export interface Worker {
  /** What it does, and how often. */
  readonly jobs: readonly Pick<Job, 'name' | 'everyMilliseconds' | 'restMilliseconds'>[]
  /** Again while it runs: nothing. */
  start(): void
  /** Resolves when no job runs any more, and none begins. */
  stop(): Promise<void>
}

type Running = { stop(): Promise<void> }

export const createWorker = (deps: Deps, jobs: readonly Job[] = allJobs): Worker => {
  let running: readonly Running[] = []
  return {
    jobs: jobs.map(({ run: _run, ...job }) => job),
    start() {
      if (running.length === 0) running = jobs.map((job) => repeat(deps, job))
    },
    async stop() {
      const stopping = running
      running = []
      await Promise.all(stopping.map((job) => job.stop()))
    },
  }
}

const runOnce = (deps: Deps, { restMilliseconds, ...job }: Job, signal: AbortSignal): Promise<unknown> =>
  restMilliseconds === undefined ? job.run(deps, signal) : takeTurn(deps, { ...job, restMilliseconds }, signal)

/** Runs a job over and over, with its period from the end of one run to the beginning of the next. */
const repeat = (deps: Deps, job: Job): Running => {
  const { name, everyMilliseconds } = job
  let current: Promise<unknown> = Promise.resolve()
  const stopping = new AbortController()
  let callOff = (): void => undefined
  const wait = (milliseconds: number): void => {
    callOff = deps.clock.after(milliseconds, () => {
      current = runOnce(deps, job, stopping.signal)
        .catch((error: unknown) => deps.logger.error({ job: name, err: error }, 'worker_job_failed'))
        .then(() => {
          if (!stopping.signal.aborted) wait(everyMilliseconds)
        })
    })
  }
  wait(Math.random() * everyMilliseconds)
  return {
    async stop() {
      stopping.abort()
      callOff()
      await current
    },
  }
}

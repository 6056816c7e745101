import { expect, it } from 'vitest'
import type { Deps } from '../../src/ports/deps.ts'
import type { LogFields } from '../../src/ports/logger.ts'
import { jobs } from '../../src/worker/jobs.ts'
import { createWorker } from '../../src/worker/worker.ts'
import { openBench } from './deps.ts'

/** A clock whose timers go off when they are told to. */
const openWorker = (tidy: (before: Date) => Promise<number>, job = 'tidy_ledgers') => {
  const { deps } = openBench()
  const due = new Set<{ milliseconds: number; work: () => void }>()
  const errors: LogFields[] = []
  const clock: Deps['clock'] = {
    now: () => new Date('2026-01-15T12:00:00Z'),
    after(milliseconds, work) {
      const timer = { milliseconds, work }
      due.add(timer)
      return () => due.delete(timer)
    },
  }
  const store = { ...deps.store, ledger: { ...deps.store.ledger, tidy } }
  const logger = { ...deps.logger, error: (fields: LogFields, event: string) => void errors.push({ ...fields, event }) }
  const worker = createWorker(
    { ...deps, clock, store, logger },
    jobs.filter(({ name }) => name === job),
  )
  const goOff = async () => {
    for (const timer of due) {
      due.delete(timer)
      timer.work()
    }
    await new Promise(setImmediate)
  }
  return { worker, due, errors, goOff, store }
}

it('tidies ledgers that nobody has touched for a minute, every minute', async () => {
  const asked: Date[] = []
  const { worker, due, goOff } = openWorker(async (before) => asked.push(before))
  worker.start()
  worker.start()
  expect(due.size).toBe(1)
  await goOff()
  await goOff()
  expect(asked).toEqual([new Date('2026-01-15T11:59:00Z'), new Date('2026-01-15T11:59:00Z')])
  expect([...due].map(({ milliseconds }) => milliseconds)).toEqual([60_000])
  await worker.stop()
})

it('says what went wrong with a job, and tries again', async () => {
  const { worker, due, errors, goOff } = openWorker(async () => {
    throw new Error('the database is gone')
  })
  worker.start()
  await goOff()
  expect(errors).toMatchObject([{ event: 'worker_job_failed', job: 'tidy_ledgers' }])
  expect(due.size).toBe(1)
  await worker.stop()
})

it('stops when the job that runs is done, and begins no other', async () => {
  let finish = (): void => undefined
  const { worker, due, goOff } = openWorker(
    () =>
      new Promise((resolve) => {
        finish = () => resolve(0)
      }),
  )
  worker.start()
  await goOff()
  let isStopped = false
  const stopping = worker.stop().then(() => {
    isStopped = true
  })
  await new Promise(setImmediate)
  expect(isStopped).toBe(false)
  finish()
  await stopping
  expect(due.size).toBe(0)
})

it('reconciles in turn, and not again on the same day', async () => {
  const { worker, goOff, store } = openWorker(async () => 0, 'reconcile')
  expect(worker.jobs).toEqual([{ name: 'reconcile', everyMilliseconds: 600_000, restMilliseconds: 86_400_000 }])
  worker.start()
  await goOff()
  await worker.stop()
  expect(await store.marks.find('reconcile:event')).toMatchObject({ cursor: null })
  const at = (time: string) => ({ owner: 'other', now: new Date(time), until: new Date('2026-02-01T00:00:00Z') })
  expect(await store.leases.take('job:reconcile', at('2026-01-16T11:59:59Z'))).toBe(false)
  expect(await store.leases.take('job:reconcile', at('2026-01-16T12:00:00Z'))).toBe(true)
})

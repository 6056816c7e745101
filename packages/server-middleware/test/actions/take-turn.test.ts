import { describe, expect, it } from 'vitest'
import type { Deps } from '../../src/ports/deps.ts'
import { takeTurn } from '../../src/worker/take-turn.ts'
import { openBench } from './deps.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Several processes with one store and one time, which goes on when it is told to. */
const openOffice = () => {
  const { deps } = openBench()
  let now = Date.UTC(2026, 0, 15)
  const timers = new Set<{ at: number; work: () => void }>()
  const clock: Deps['clock'] = {
    now: () => new Date(now),
    after(milliseconds, work) {
      const timer = { at: now + milliseconds, work }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  const pass = async (milliseconds: number) => {
    now += milliseconds
    for (const timer of [...timers].filter(({ at }) => at <= now)) {
      timers.delete(timer)
      timer.work()
      await new Promise(setImmediate)
    }
  }
  const newProcess = (): Deps => ({ ...deps, clock })
  return { newProcess, pass, timers, store: deps.store, now: () => new Date(now) }
}

const running = () => new AbortController().signal

/** A job that ends when it is told to. */
const openJob = () => {
  const runs: { end: () => void; signal: AbortSignal }[] = []
  const run = (_deps: Deps, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      runs.push({ signal, end: () => resolve() })
    })
  return { turn: { name: 'reconcile', restMilliseconds: day, run }, runs }
}

describe('a job that one process at a time runs', () => {
  it('is run by one of ten, and by none again until it has rested', async () => {
    const { newProcess, pass } = openOffice()
    const { turn, runs } = openJob()
    const ten = Array.from({ length: 10 }, () => takeTurn(newProcess(), turn, running()))
    await new Promise(setImmediate)
    expect(runs).toHaveLength(1)
    runs[0]?.end()
    await Promise.all(ten)

    await pass(day - 1)
    await takeTurn(newProcess(), turn, running())
    expect(runs).toHaveLength(1)
    await pass(1)
    const next = takeTurn(newProcess(), turn, running())
    await new Promise(setImmediate)
    runs[1]?.end()
    await next
    expect(runs).toHaveLength(2)
  })

  it('stays its process’s however long it takes', async () => {
    const { newProcess, pass, timers } = openOffice()
    const { turn, runs } = openJob()
    const first = takeTurn(newProcess(), turn, running())
    await new Promise(setImmediate)
    for (let passed = 0; passed < 10 * minute; passed += 20_000) await pass(20_000)
    await takeTurn(newProcess(), turn, running())
    expect(runs).toHaveLength(1)
    runs[0]?.end()
    await first
    expect(timers.size).toBe(0)
  })

  it('is another’s at once when it failed or was stopped, and a minute after its process died', async () => {
    const { newProcess, pass, store, now } = openOffice()
    const { turn, runs } = openJob()
    const failing = { ...turn, run: () => Promise.reject(new Error('the provider is gone')) }
    await expect(takeTurn(newProcess(), failing, running())).rejects.toThrow('the provider is gone')

    const stopping = new AbortController()
    const stopped = takeTurn(newProcess(), turn, stopping.signal)
    await new Promise(setImmediate)
    stopping.abort()
    expect(runs[0]?.signal.aborted).toBe(true)
    runs[0]?.end()
    await stopped

    const dead = { owner: 'dead', now: now(), until: new Date(now().getTime() + minute) }
    expect(await store.leases.take('job:reconcile', dead)).toBe(true)
    await takeTurn(newProcess(), turn, running())
    expect(runs).toHaveLength(1)
    await pass(minute)
    const next = takeTurn(newProcess(), turn, running())
    await new Promise(setImmediate)
    runs[1]?.end()
    await next
    expect(runs).toHaveLength(2)
  })

  it('is told to stop when another process has taken it over', async () => {
    const { newProcess, pass, store, now } = openOffice()
    const { turn, runs } = openJob()
    const slow = takeTurn(newProcess(), turn, running())
    await new Promise(setImmediate)
    const later = new Date(now().getTime() + minute)
    await store.leases.take('job:reconcile', { owner: 'other', now: later, until: new Date(later.getTime() + minute) })
    await pass(20_000)
    await new Promise(setImmediate)
    expect(runs[0]?.signal.aborted).toBe(true)
    runs[0]?.end()
    await slow
    const other = { owner: 'other', now: later, until: later }
    expect(await store.leases.take('job:reconcile', other)).toBe(true)
  })
})

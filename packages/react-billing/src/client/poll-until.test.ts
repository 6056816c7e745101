import { describe, expect, it } from 'vitest'
import { BillingClientError } from './billing-client-error.ts'
import { pollDelayMs, pollUntil } from './poll-until.ts'

const never = () => undefined

describe('polling', () => {
  it('asks at once and stops at the first final answer', async () => {
    const asked: number[] = []
    const answer = await pollUntil({
      ask: async (nth) => asked.push(nth),
      isDone: (count) => count === 2,
      onSlow: never,
      signal: new AbortController().signal,
    })
    expect(answer).toBe(2)
    expect(asked).toEqual([1, 2])
  })

  it('waits out a broken connection', async () => {
    const answers = [new BillingClientError({ code: 'unreachable', message: '' }), 'final']
    const ask = async () => {
      const next = answers.shift()
      if (next instanceof Error) throw next
      return next
    }
    const poll = { ask, isDone: () => true, onSlow: never, signal: new AbortController().signal }
    await expect(pollUntil(poll)).resolves.toBe('final')
  })

  it('ends with an error that asking again does not mend', async () => {
    const refused = new BillingClientError({ code: 'not_found', message: '' })
    const poll = {
      ask: () => Promise.reject(refused),
      isDone: never,
      onSlow: never,
      signal: new AbortController().signal,
    }
    await expect(pollUntil({ ...poll, isDone: () => true })).rejects.toBe(refused)
  })

  it('stops when it is no longer wanted', async () => {
    const abort = new AbortController()
    const ended = pollUntil({ ask: async () => 1, isDone: () => false, onSlow: never, signal: abort.signal })
    abort.abort(new Error('left'))
    await expect(ended).rejects.toThrow('left')
  })

  it('waits twice as long each time, and never more than 15 seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 20].map(pollDelayMs)).toEqual([400, 800, 1600, 3200, 6400, 12800, 15000, 15000])
  })
})

import { describe, expect, it } from 'vitest'
import { answerTo } from './agent.ts'

describe('answerTo', () => {
  it('answers with the passage that shares most with the question', () => {
    expect(answerTo('What does it cost to paint a hull?').source).toBe('Price list, spring')
    expect(answerTo('Who may work under a boat?').text).toMatch(/^Nobody works under a boat alone/)
  })

  it('gives the same answer to the same question', () => {
    expect(answerTo('Where do whales sleep?')).toEqual(answerTo('Where do whales sleep?'))
  })

  it('says when the documents do not', () => {
    expect(answerTo('¿Qué?').text).toMatch(/^Your documents don’t say\. The nearest I have: \S/)
  })
})

import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { withDeadline } from './deadline.ts'

const milliseconds = 20

/** Something to be taken back; `isGone` when taking it back fails, too. */
const openUndo = ({ isGone = false } = {}) => {
  const undone = { times: 0 }
  const undo = async () => {
    undone.times += 1
    if (isGone) throw new Error('still gone')
  }
  return { undone, undo }
}

it('takes nothing back of what was done in time', async () => {
  const { undone, undo } = openUndo()
  expect(await withDeadline(async () => 'done', { milliseconds, undo })).toBe('done')
  await pause(2 * milliseconds)
  expect(undone.times).toBe(0)
})

it('takes back what is done when nobody waits for it any more, and not before it is', async () => {
  const { undone, undo } = openUndo()
  const slow = () => pause(3 * milliseconds)
  await expect(withDeadline(slow, { milliseconds, undo })).rejects.toThrow('within 20 ms')
  expect(undone.times).toBe(0)
  await expect.poll(() => undone.times).toBe(1)
})

it('takes back once what may have been done by a call that failed, and says how that call did', async () => {
  const { undone, undo } = openUndo({ isGone: true })
  const failing = withDeadline(() => Promise.reject(new Error('cut off')), { milliseconds, undo })
  await expect(failing).rejects.toThrow('cut off')
  await expect.poll(() => undone.times).toBe(1)
})

import { describe, expect, it } from 'vitest'
import { createCoalescer } from './coalescer.ts'

/** Works that end when they are told to. */
const openWorks = () => {
  const started: { name: string; end: (answer: string) => void; fail: (error: Error) => void }[] = []
  const work = (name: string) => () =>
    new Promise<string>((end, fail) => {
      started.push({ name, end, fail })
    })
  return { started, work, names: () => started.map(({ name }) => name) }
}

describe('a coalescer', () => {
  it('gives everybody who comes while a work runs the answer of the next one', async () => {
    const coalesce = createCoalescer()
    const { started, work, names } = openWorks()
    const first = coalesce('a', work('first'))
    const others = [coalesce('a', work('second')), coalesce('a', work('third')), coalesce('a', work('fourth'))]
    expect(names()).toEqual(['first'])
    started[0]?.end('before')
    expect(await first).toBe('before')
    await new Promise(setImmediate)
    expect(names()).toEqual(['first', 'second'])
    started[1]?.end('after')
    expect(await Promise.all(others)).toEqual(['after', 'after', 'after'])
  })

  it('keeps whoever comes while the next one runs for the one after it', async () => {
    const coalesce = createCoalescer()
    const { started, work, names } = openWorks()
    const all = [coalesce('a', work('first')), coalesce('a', work('second'))]
    started[0]?.end('1')
    await new Promise(setImmediate)
    all.push(coalesce('a', work('third')))
    expect(names()).toEqual(['first', 'second'])
    started[1]?.end('2')
    await new Promise(setImmediate)
    started[2]?.end('3')
    expect(await Promise.all(all)).toEqual(['1', '2', '3'])
  })

  it('runs the next one whatever became of the last', async () => {
    const coalesce = createCoalescer()
    const { started, work } = openWorks()
    const first = coalesce('a', work('first'))
    const second = coalesce('a', work('second'))
    started[0]?.fail(new Error('the provider is gone'))
    await expect(first).rejects.toThrow('the provider is gone')
    started[1]?.end('fine')
    expect(await second).toBe('fine')
  })

  it('starts at once what has another key, and what comes when nothing runs', async () => {
    const coalesce = createCoalescer()
    const { started, work, names } = openWorks()
    const [a, b] = [coalesce('a', work('a')), coalesce('b', work('b'))]
    expect(names()).toEqual(['a', 'b'])
    for (const { end } of started) end('done')
    await Promise.all([a, b])
    const again = coalesce('a', work('a again'))
    expect(names()).toEqual(['a', 'b', 'a again'])
    started[2]?.end('done')
    await again
  })
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from './run.ts'

const billing = (change: string) => `
import { appendFileSync } from 'node:fs'
const note = (verb) => appendFileSync(new URL('./calls', import.meta.url), verb + ' ')
const change = ${JSON.stringify(change)}
export default {
  catalog: {
    push: async () => (note('push'), [{ object: 'price', name: 'growth_monthly', change }]),
    check: async () => (note('check'), [
      { object: 'product', name: 'growth', change: 'same' },
      { object: 'price', name: 'growth_monthly', change },
    ]),
  },
  migrate: async ({ dryRun = false } = {}) => (
    note('migrate'),
    change === 'same' ? [] : [{ index: 'accounts.ref', change: dryRun ? 'missing' : 'created' }]
  ),
  close: async () => note('close'),
}`

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paywright-cli-'))
})

afterEach(() => rm(folder, { recursive: true }))

const calls = () => readFile(join(folder, 'calls'), 'utf8')

const runWith = async (command: string, source: string, name = 'billing.mjs') => {
  await writeFile(join(folder, name), source)
  return runCommand([...command.split(' '), '--config', join(folder, name)])
}

const runCommand = async (args: string[], isWatched = false) => {
  const said = { out: '', err: '' }
  const code = await run(args, {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    isWatched,
  })
  return { code, ...said }
}

describe('catalog check', () => {
  it('is content when nothing differs', async () => {
    expect(await runWith('catalog check', billing('same'))).toEqual({
      code: 0,
      out: 'same  product  growth\nsame  price    growth_monthly\n\nThe provider sells what the catalog says.\n',
      err: '',
    })
  })

  it.each(['differs', 'missing'])('fails when something %s', async (change) => {
    const { code, out } = await runWith('catalog check', billing(change))
    expect(code).toBe(1)
    expect(out).toContain(`${change}  price    growth_monthly`)
    expect(out).toContain('paywright catalog push')
  })
})

describe('catalog push', () => {
  it.each(['same', 'created', 'updated'])('succeeds when everything is %s afterwards', async (change) => {
    expect(await runWith('catalog push', billing(change))).toMatchObject({
      code: 0,
      out: `${change}  price  growth_monthly\n`,
    })
  })

  it('fails when a pinned price still differs', async () => {
    const { code, out } = await runWith('catalog push', billing('differs'))
    expect(code).toBe(1)
    expect(out).toContain('pinned')
  })

  it('closes what it opened', async () => {
    await runWith('catalog push', billing('same'))
    expect(await calls()).toBe('push close ')
  })
})

describe('migrate', () => {
  it('names what it made', async () => {
    expect(await runWith('migrate', billing('missing'))).toMatchObject({ code: 0, out: 'created  accounts.ref\n' })
    expect(await runWith('migrate', billing('same'), 'other.mjs')).toMatchObject({
      code: 0,
      out: 'Every index is there.\n',
    })
  })

  it('says what is missing or differs, with exit code 1, when it runs dry', async () => {
    expect(await runWith('migrate --dry-run', billing('missing'))).toMatchObject({
      code: 1,
      out: 'missing  accounts.ref\n\nRun `paywright migrate` to bring them in line.\n',
    })
    expect(await runWith('migrate --dry-run', billing('same'), 'other.mjs')).toMatchObject({ code: 0 })
  })
})

describe('what goes wrong', () => {
  it('explains itself when asked', async () => {
    const { code, out } = await runCommand(['--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/catalog push.*catalog check.*migrate.*--config/s)
  })

  it.each([
    [[], ''],
    [['catalog', 'pull'], 'no command "catalog pull"'],
    [['migrate', '--conf', 'x'], '--conf'],
    [['migrate', 'now'], '"now" is too much'],
    [['migrate', '--reason', 'x'], 'migrate knows no --reason'],
    [['ledger', 'show'], 'paywright ledger show <account>'],
    [['migrate'], 'needs --config'],
  ])('does not understand %j', async (args, problem) => {
    const { code, err } = await runCommand(args)
    expect(code).toBe(2)
    expect(err).toContain(problem)
  })

  it('says which file is not there', async () => {
    const { code, err } = await runCommand(['migrate', '--config', join(folder, 'nowhere.mjs')])
    expect(code).toBe(1)
    expect(err).toContain('nowhere.mjs')
  })

  it('says what the file must export', async () => {
    const { code, err } = await runWith('migrate', 'export const billing = 1')
    expect(code).toBe(1)
    expect(err).toContain('export default billing')
  })

  it('shows what the commands throw, and still closes', async () => {
    const source = billing('same').replace("note('migrate')", "(() => { throw new Error('no database') })()")
    const { code, err } = await runWith('migrate', source)
    expect(code).toBe(1)
    expect(err).toContain('no database')
    expect(await calls()).toBe('close ')
  })

  it('gives the message alone of errors that are made for people', async () => {
    const thrown = "throw Object.assign(new Error('Set STRIPE_SECRET_KEY.'), { name: 'BillingError' })"
    expect(await runWith('migrate', thrown)).toMatchObject({ code: 1, err: 'Set STRIPE_SECRET_KEY.\n' })
  })
})

describe('reconcile', () => {
  const reconciling = `export default {
    catalog: {}, migrate: {}, close: async () => {},
    events: {
      reconcile: async ({ listener }) => {
        listener.seen('event', 100)
        listener.found({ kind: 'checkout', id: 'cs_1', field: 'paid', held: 'false', provider: 'true', isMended: true })
        const seen = { event: 100, subscription: 0, checkout: 1, purchase: 0 }
        return { seen, differences: 1, mended: 1, unapplied: 0, isComplete: true }
      },
    },
  }`

  const difference = 'checkout  cs_1  paid: we hold false, the provider says true  mended\n'
  const sum = '100 events, 0 subscriptions, 1 unsettled checkouts and 0 unsettled purchases were looked at:'

  it('shows how far it has come to somebody who watches', async () => {
    await writeFile(join(folder, 'billing.mjs'), reconciling)
    const args = ['reconcile', '--config', join(folder, 'billing.mjs')]
    expect(await runCommand(args, true)).toEqual({
      code: 0,
      out: `${difference}${sum} 1 differences; 1 are mended.\n`,
      err: '\r\u001b[Kevents: 100 looked at\r\u001b[K\r\u001b[K',
    })
  })

  it('says only what it has found to a log', async () => {
    expect(await runWith('reconcile', reconciling)).toMatchObject({ code: 0, err: '' })
  })
})

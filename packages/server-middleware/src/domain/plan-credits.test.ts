import { describe, expect, it } from 'vitest'
import { newInvoiceSnapshot } from '../../test/contracts/mirror-fixtures.ts'
import { defineCatalog } from './define-catalog.ts'
import type { InvoiceLine, InvoiceSnapshot } from './invoice.ts'
import { planGrantsOf } from './plan-credits.ts'

const catalog = defineCatalog({
  currency: 'usd',
  units: { tokens: { scale: 1000 } },
  freePlan: 'free',
  plans: {
    free: { name: 'Free' },
    starter: {
      name: 'Starter',
      month: 2900,
      year: 29000,
      trialDays: 14,
      credits: { perMonth: 100, inTrial: 20, rollover: { months: 2, upTo: 30 } },
    },
    growth: { name: 'Growth', month: 7900, year: 79000, credits: { perMonth: 400, rollover: { months: null } } },
    team: {
      name: 'Team',
      month: [
        { kind: 'seat', amountMinor: 900 },
        { kind: 'metered', meter: 'questions', amountMinor: 2 },
      ],
      credits: { perMonth: 50 },
    },
    plain: { name: 'Plain', month: 900 },
    writer: { name: 'Writer', month: 9900, credits: { perMonth: 9000, unit: 'tokens' } },
  },
  packs: {},
})

const at = (date: string) => new Date(`${date}T00:00:00Z`)

const line = (priceKey: string, changes: Partial<InvoiceLine> = {}): InvoiceLine => ({
  providerLineId: `line_${priceKey}`,
  providerPriceId: `price_${priceKey}`,
  priceKey,
  quantity: 1,
  amountMinor: 2900,
  isProration: false,
  startsAt: at('2026-01-01'),
  endsAt: at('2026-02-01'),
  ...changes,
})

const invoice = (reason: InvoiceSnapshot['reason'], ...lines: InvoiceLine[]): InvoiceSnapshot =>
  newInvoiceSnapshot({ providerInvoiceId: 'invoice_1', reason, createdAt: at('2026-01-01'), lines })

const grantsOf = (paid: InvoiceSnapshot, ...earlier: InvoiceSnapshot[]) =>
  planGrantsOf(catalog, paid, earlier).map(({ key, grant }) => ({ key, ...grant }))

const creditsOf = (paid: InvoiceSnapshot, ...earlier: InvoiceSnapshot[]) =>
  grantsOf(paid, ...earlier).map(({ credits }) => credits)

const year = { startsAt: at('2026-01-31'), endsAt: at('2027-01-31'), amountMinor: 29000 }

describe('the invoice of a new period', () => {
  it('grants the month that it bills, under a key that names its line', () => {
    expect(grantsOf(invoice('subscription_cycle', line('starter_monthly')))).toEqual([
      {
        key: 'grant:invoice_1:line_starter_monthly',
        kind: 'plan',
        credits: 100,
        effectiveAt: null,
        expiresAt: at('2026-02-01'),
        rollover: { upTo: 30, expiresAt: at('2026-04-01') },
        source: { planId: 'starter', providerInvoiceId: 'invoice_1', providerLineId: 'line_starter_monthly' },
      },
    ])
  })

  it('grants a year in twelve months, each in its own, clamped to where its month ends', () => {
    const grants = grantsOf(invoice('subscription_create', line('growth_yearly', year)))
    expect(grants.map(({ key }) => key.split(':').at(-1))).toEqual([...'123456789', '10', '11', '12'])
    expect(grants.map(({ credits }) => credits)).toEqual(Array(12).fill(400))
    expect(grants.slice(0, 3).map(({ effectiveAt, expiresAt }) => [effectiveAt, expiresAt])).toEqual([
      [null, at('2026-02-28')],
      [at('2026-02-28'), at('2026-03-31')],
      [at('2026-03-31'), at('2026-04-30')],
    ])
    expect(grants.at(-1)).toMatchObject({ expiresAt: at('2027-01-31'), rollover: { upTo: 400, expiresAt: null } })
  })

  it('grants each seat its credits, and nothing for the usage beside them', () => {
    const usage = line('team_monthly_metered', { quantity: 900, startsAt: at('2025-12-01'), endsAt: at('2026-01-01') })
    expect(creditsOf(invoice('subscription_cycle', usage, line('team_monthly', { quantity: 3 })))).toEqual([150])
  })

  it('grants nothing for prorations, plans without credits, prices that nobody knows, and other invoices', () => {
    const strange = [line('starter_monthly', { isProration: true }), line('plain_monthly'), line('gone_monthly')]
    expect(creditsOf(invoice('subscription_cycle', ...strange))).toEqual([])
    expect(creditsOf(invoice('other', line('starter_monthly')))).toEqual([])
  })

  it('grants what a discount made free', () => {
    expect(creditsOf(invoice('subscription_cycle', line('growth_monthly', { amountMinor: 7900 })))).toEqual([400])
  })
})

describe('the invoice of a free trial', () => {
  const trial = { amountMinor: 0, endsAt: at('2026-01-15') }

  it('grants what the plan has for it, until it ends', () => {
    expect(grantsOf(invoice('subscription_create', line('starter_monthly', trial)))).toMatchObject([
      { credits: 20, effectiveAt: null, expiresAt: at('2026-01-15'), rollover: null },
    ])
  })

  it('grants nothing where the plan has nothing for it', () => {
    expect(creditsOf(invoice('subscription_create', line('growth_monthly', trial)))).toEqual([])
  })

  it('does not count when it is upgraded or ended early', () => {
    const started = invoice('subscription_create', line('starter_monthly', trial))
    const paid = line('growth_monthly', { startsAt: at('2026-01-10'), endsAt: at('2026-02-10'), amountMinor: 7900 })
    expect(creditsOf(invoice('subscription_update', paid), started)).toEqual([400])
  })
})

describe('the invoice of a change within the period', () => {
  const began = invoice('subscription_create', line('starter_monthly'))
  const half = { isProration: true, startsAt: at('2026-01-16'), endsAt: at('2026-02-01') }
  const gone = (priceKey: string, changes: Partial<InvoiceLine> = half) =>
    line(priceKey, { ...changes, amountMinor: -1, providerLineId: 'line_gone' })

  it('grants the difference for the rest of it, once for all that lies before', () => {
    const change = invoice('subscription_update', gone('starter_monthly'), line('growth_monthly', half))
    // 16 of 31 days of 300 credits.
    expect(grantsOf(change, began)).toMatchObject([
      { key: 'grant:invoice_1:line_growth_monthly', credits: 154, effectiveAt: null, expiresAt: at('2026-02-01') },
    ])
  })

  it('takes nothing back for less, and grants nothing for coming back to what there was', () => {
    const up = invoice('subscription_update', gone('starter_monthly'), line('growth_monthly', half))
    const rest = { ...half, startsAt: at('2026-01-20') }
    const down = invoice('subscription_update', gone('growth_monthly', rest), line('starter_monthly', rest))
    const last = { ...half, startsAt: at('2026-01-21') }
    const again = invoice('subscription_update', gone('starter_monthly', last), line('growth_monthly', last))
    expect(creditsOf(down, began, up)).toEqual([])
    expect(creditsOf(again, began, up, down)).toEqual([])
  })

  it('counts seats that are added', () => {
    const two = invoice('subscription_create', line('team_monthly', { quantity: 2 }))
    const more = invoice('subscription_update', gone('team_monthly'), line('team_monthly', { ...half, quantity: 5 }))
    expect(creditsOf(more, two)).toEqual([Math.floor((150 * 16) / 31)])
  })

  it('grants in full what is counted in another unit, and in each unit once', () => {
    const change = invoice('subscription_update', gone('starter_monthly'), line('writer_monthly', half))
    const share = Math.floor((9000 * 16) / 31)
    expect(planGrantsOf(catalog, change, [began])).toMatchObject([{ unit: 'tokens', grant: { credits: share } }])
    const rest = { ...half, startsAt: at('2026-01-20') }
    const back = invoice('subscription_update', gone('writer_monthly', rest), line('starter_monthly', rest))
    expect(creditsOf(back, began, change)).toEqual([])
  })

  it('grants what is left of a year month by month', () => {
    const bought = invoice('subscription_create', line('starter_yearly', year))
    const rest = { ...half, startsAt: at('2026-11-15'), endsAt: year.endsAt }
    const grants = grantsOf(invoice('subscription_update', line('growth_yearly', rest)), bought)
    expect(grants.map(({ key, credits, effectiveAt }) => [key.split(':').at(-1), credits, effectiveAt])).toEqual([
      ['10', 150, null],
      ['11', 300, at('2026-11-30')],
      ['12', 300, at('2026-12-31')],
    ])
  })

  it('begins a year anew, less what its first month has from before', () => {
    const rest = { startsAt: at('2026-01-17'), endsAt: at('2027-01-17') }
    const change = invoice('subscription_update', gone('starter_monthly'), line('starter_yearly', rest))
    const credits = creditsOf(change, began)
    // 15 of the 31 days until February 17 are paid for.
    expect(credits).toEqual([Math.floor((100 * 16) / 31), ...Array(11).fill(100)])
  })

  it('counts a whole month where nothing is known of how the period began', () => {
    expect(creditsOf(invoice('subscription_update', line('growth_monthly', half)))).toEqual([
      Math.floor((400 * 16) / 31),
    ])
  })
})

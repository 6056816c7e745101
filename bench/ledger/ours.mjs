import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const name = '@paywright/server-middleware'
const within = createRequire(new URL('../../packages/server-middleware/package.json', import.meta.url))
/** @type {typeof import('@paywright/server-middleware')} */
const { createBilling, defineCatalog, mongoStore, stripeProvider } = await import(
  pathToFileURL(within.resolve(name)).href
)

const note = { description: 'A report', metadata: {}, amountMinor: null, currency: null }
const lasting = { effectiveAt: null, expiresAt: null, rollover: null, source: {} }

export const refOf = (accountRef) => ({ accountRef, unit: 'uses', freeUses: 20, overdraft: 0, shortfall: 'debt' })

export const charge = (key, credits = 1) => ({ op: 'charge', key, credits, note })
export const hold = (key, credits = 1) => ({ op: 'hold', key, credits, lastsSeconds: 300, note })
export const capture = (key, holdId, credits = 1) => ({ op: 'capture', key, holdId, credits, allowExtra: false, note })
export const grant = (key, credits) => ({ op: 'grant', key, grant: { kind: 'paid', credits, ...lasting }, note })

/** Paywright's ledger in a database of its own. */
export const openLedger = async (connection) => {
  const store = mongoStore({ connection })
  await store.migrate()
  return { ...store.ledger, close: () => store.close() }
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** What an operator calls to verify every ledger. */
export const openVerify = (connection) => {
  const { verify } = createBilling({
    provider: stripeProvider({
      secretKey: 'sk_test_bench',
      publishableKey: 'pk_test_bench',
      webhookSecrets: ['whsec_bench'],
    }),
    store: mongoStore({ connection }),
    catalog: defineCatalog({ currency: 'usd', freePlan: 'free', plans: { free: { name: 'Free' } }, packs: {} }),
    identify: () => null,
    trustedOrigins: ['http://localhost'],
    logger: silent,
  })
  return verify
}

/** Books with plenty in them. */
export const fill = async (ledger, accounts) => {
  const filled = accounts.map((account) => ledger.post(refOf(account), grant(`grant:${randomUUID()}`, 1_000_000_000)))
  await Promise.all(filled)
}

/** @returns {import('./rivals.mjs').Way} */
export const ours = (ledger, name = 'paywright') => ({
  name,
  open: async (count) => {
    const accounts = Array.from({ length: count }, (_, i) => `a${i}`)
    for (let from = 0; from < count; from += 500) await fill(ledger, accounts.slice(from, from + 500))
    return async (account, key) => {
      const { outcome } = await ledger.post(refOf(account), charge(key))
      if (outcome !== 'posted') throw new Error(`A charge came to ${outcome}.`)
    }
  },
})

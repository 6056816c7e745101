import { randomUUID } from 'node:crypto'
import { mongoStore } from '../../packages/server-middleware/dist/index.js'

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

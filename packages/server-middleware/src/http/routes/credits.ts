import { chargeCredits } from '../../actions/charge-credits.ts'
import { checkCredits } from '../../actions/check-credits.ts'
import { listEntries } from '../../actions/list-entries.ts'
import { readCredits } from '../../actions/read-credits.ts'
import { defineRoute } from '../define-route.ts'
import * as schemas from '../schemas/credits.ts'
import { toChargeResponse, toCheckResponse, toCredits, toEntryPage } from '../views/credits.ts'
import { ledgerWrite } from './ledger-write.ts'

export const getCreditsRoute = defineRoute({
  name: 'getCredits',
  asks: 'session',
  query: schemas.creditsQuery,
  reply: schemas.credits,
  async run({ deps, identity: { accountId }, query: { unit } }) {
    return toCredits(deps, await readCredits(deps, { accountId, unit }), unit)
  },
})

export const listEntriesRoute = defineRoute({
  name: 'listEntries',
  asks: 'session',
  query: schemas.entriesQuery,
  reply: schemas.entryPage,
  async run({ deps, identity, query: { cursor = null, limit = 20, unit } }) {
    return toEntryPage(await listEntries(deps, { accountId: identity.accountId, unit, cursor, limit }))
  },
})

export const checkCreditsRoute = defineRoute({
  name: 'checkCredits',
  asks: 'session-or-service',
  body: schemas.checkRequest,
  reply: schemas.checkResponse,
  async run({ deps, identity, body: { credits = 1, unit } }) {
    return toCheckResponse(await checkCredits(deps, { accountId: identity.accountId, unit, credits }))
  },
})

export const chargeCreditsRoute = defineRoute({
  name: 'chargeCredits',
  ...ledgerWrite,
  body: schemas.chargeRequest,
  reply: schemas.chargeResponse,
  problems: ['insufficient_credits', 'credits_frozen', 'outcome_unknown'],
  async run({ deps, identity, body, key }) {
    const { credits = 1, unit, amountMinor = null, description, metadata = {} } = body
    const currency = amountMinor === null ? null : (body.currency ?? deps.catalog.currency)
    const note = { description, metadata, amountMinor, currency }
    const charge = await chargeCredits(deps, { identity, unit, credits, key: `http:${key ?? deps.newId()}`, note })
    return toChargeResponse(deps, charge)
  },
})

import { captureHold, releaseHold } from '../../actions/end-hold.ts'
import { holdCredits } from '../../actions/hold-credits.ts'
import type { Note } from '../../domain/credits/operation.ts'
import { requireUnit } from '../catalog-terms.ts'
import { defineRoute } from '../define-route.ts'
import * as schemas from '../schemas/credits.ts'
import { toChargeResponse, toHoldResponse } from '../views/credits.ts'

const usualHoldSeconds = 300

type Words = { description?: string; metadata?: Record<string, string> }

const toNote = ({ description = '', metadata = {} }: Words): Note => ({
  description,
  metadata,
  amountMinor: null,
  currency: null,
})

export const holdCreditsRoute = defineRoute({
  name: 'holdCredits',
  asks: 'session-or-service',
  body: schemas.holdRequest,
  reply: schemas.holdResponse,
  problems: ['insufficient_credits', 'credits_frozen', 'outcome_unknown'],
  keyed: 'ledger',
  replayed: ({ replayed }) => replayed,
  async run({ deps, identity, body, key }) {
    requireUnit(deps.catalog, body.unit)
    const { credits, expiresIn: expiresInSeconds = usualHoldSeconds } = body
    const hold = { identity, credits, expiresInSeconds, key: `http:${key ?? deps.newId()}`, note: toNote(body) }
    return toHoldResponse(deps, await holdCredits(deps, hold))
  },
})

export const captureHoldRoute = defineRoute({
  name: 'captureHold',
  asks: 'session-or-service',
  body: schemas.captureRequest,
  reply: schemas.chargeResponse,
  problems: ['insufficient_credits', 'credits_frozen', 'hold_closed', 'outcome_unknown'],
  keyed: 'ledger',
  replayed: ({ replayed }) => replayed,
  async run({ deps, req, identity, body }) {
    const { credits, allowExtra = false } = body
    const capture = { identity, holdId: String(req.params.holdId), credits, allowExtra, note: toNote(body) }
    return toChargeResponse(deps, await captureHold(deps, capture))
  },
})

export const releaseHoldRoute = defineRoute({
  name: 'releaseHold',
  asks: 'session-or-service',
  body: schemas.releaseRequest,
  reply: schemas.chargeResponse,
  problems: ['hold_closed', 'outcome_unknown'],
  keyed: 'ledger',
  replayed: ({ replayed }) => replayed,
  async run({ deps, req, identity }) {
    return toChargeResponse(
      deps,
      await releaseHold(deps, { identity, holdId: String(req.params.holdId), note: toNote({}) }),
    )
  },
})

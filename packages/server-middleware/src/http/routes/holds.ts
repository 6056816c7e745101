import { captureHold, releaseHold } from '../../actions/end-hold.ts'
import { holdCredits } from '../../actions/hold-credits.ts'
import { toNote } from '../../domain/credits/note.ts'
import { defineRoute } from '../define-route.ts'
import * as schemas from '../schemas/credits.ts'
import { toChargeResponse, toHoldResponse } from '../views/credits.ts'
import { ledgerWrite } from './ledger-write.ts'

const usualHoldSeconds = 300

export const holdCreditsRoute = defineRoute({
  name: 'holdCredits',
  ...ledgerWrite,
  body: schemas.holdRequest,
  reply: schemas.holdResponse,
  problems: ['insufficient_credits', 'credits_frozen', 'outcome_unknown'],
  async run({ deps, identity, body, key }) {
    const { unit, credits, expiresIn: expiresInSeconds = usualHoldSeconds } = body
    const hold = { identity, unit, credits, expiresInSeconds, key: `http:${key ?? deps.newId()}`, note: toNote(body) }
    return toHoldResponse(deps, await holdCredits(deps, hold))
  },
})

export const captureHoldRoute = defineRoute({
  name: 'captureHold',
  ...ledgerWrite,
  body: schemas.captureRequest,
  reply: schemas.chargeResponse,
  problems: ['insufficient_credits', 'credits_frozen', 'hold_closed', 'outcome_unknown'],
  async run({ deps, req, identity, body }) {
    const { credits, allowExtra = false } = body
    const capture = { identity, holdId: String(req.params.holdId), credits, allowExtra, note: toNote(body) }
    return toChargeResponse(deps, await captureHold(deps, capture))
  },
})

export const releaseHoldRoute = defineRoute({
  name: 'releaseHold',
  ...ledgerWrite,
  body: schemas.releaseRequest,
  reply: schemas.chargeResponse,
  problems: ['hold_closed', 'outcome_unknown'],
  async run({ deps, req, identity }) {
    const release = { identity, holdId: String(req.params.holdId), note: toNote({}) }
    return toChargeResponse(deps, await releaseHold(deps, release))
  },
})

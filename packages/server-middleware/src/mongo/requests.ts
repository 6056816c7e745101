import type { RequestClaim, RequestKey, RequestLog, StoredAnswer } from '../ports/requests.ts'
import type { Database } from './database.ts'
import { type Declaration, days } from './indexes.ts'

interface RequestDocument {
  _id: string
  fingerprint: string
  claimedAt: Date
  leasedUntil: Date
  answer: StoredAnswer | null
}

const requests: Declaration = {
  name: 'requests',
  indexes: [{ name: 'claimedAt', key: { claimedAt: 1 }, ...days(30) }],
}

export const createRequests = (database: Database): RequestLog => {
  const rows = database.rows<RequestDocument>(requests)

  const claim: RequestLog['claim'] = async (request) => {
    const fresh = toDocument(request)
    if ((await rows.insert(fresh)) === 'inserted') return { outcome: 'new' }
    const known = await rows.find({ _id: fresh._id })
    return known ? answerFor(known, request) : claim(request)
  }

  const answerFor = async (known: RequestDocument, { fingerprint, now, until }: ClaimInput): Promise<RequestClaim> => {
    if (known.fingerprint !== fingerprint) return { outcome: 'conflict' }
    if (known.answer) return { outcome: 'answered', answer: known.answer }
    if (now < known.leasedUntil) return { outcome: 'in_progress' }
    const stale = { _id: known._id, answer: null, leasedUntil: known.leasedUntil }
    const isMine = await rows.update(stale, { $set: { leasedUntil: until, claimedAt: now } })
    return { outcome: isMine ? 'new' : 'in_progress' }
  }

  return {
    claim,
    async answer(request, answer) {
      await rows.update({ _id: idOf(request), answer: null }, { $set: { answer } })
    },
    async release(request) {
      await rows.remove({ _id: idOf(request), answer: null })
    },
  }
}

type ClaimInput = Parameters<RequestLog['claim']>[0]

const toDocument = ({ fingerprint, now, until, ...request }: ClaimInput): RequestDocument => ({
  _id: idOf(request),
  fingerprint,
  claimedAt: now,
  leasedUntil: until,
  answer: null,
})

const idOf = ({ scope, key }: RequestKey): string => JSON.stringify([scope, key])

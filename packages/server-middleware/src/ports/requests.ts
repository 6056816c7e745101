export type StoredAnswer = { status: number; body: string }

/** `new`: go on, then answer or release. */
export type RequestClaim =
  | { outcome: 'new' | 'conflict' | 'in_progress' }
  | { outcome: 'answered'; answer: StoredAnswer }

export type RequestKey = { scope: string; key: string }

/** First answers to mutating requests, by Idempotency-Key within the caller's scope; kept for 30 days. */
export interface RequestLog {
  claim(request: RequestKey & { fingerprint: string; now: Date; until: Date }): Promise<RequestClaim>
  answer(request: RequestKey, answer: StoredAnswer): Promise<void>
  release(request: RequestKey): Promise<void>
}

import { useRef } from 'react'
import { createIdempotencyKey } from '../client/idempotency-key.ts'

export type Attempt = { request: string; key: string }

export type Attempts = {
  /** The key for `request`: the last one again while its outcome is open, else a new one. */
  keyFor(request: object): string
  /** The outcome is known; the next try is a new attempt. */
  close(): void
}

/** One Idempotency-Key an attempt, however often it has to be sent. */
export const useAttempt = (): Attempts => {
  const open = useRef<Attempt | null>(null)
  const keyFor = (input: object) => {
    const request = JSON.stringify(input)
    if (open.current?.request !== request) open.current = { request, key: createIdempotencyKey() }
    return open.current.key
  }
  const close = () => {
    open.current = null
  }
  return { keyFor, close }
}

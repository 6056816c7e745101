import { createHmac } from 'node:crypto'

/** The `Stripe-Signature` of a body: each attempt has its own time, in real seconds. */
export const signatureHeader = (body: string, secret: string, timestamp: number): string => {
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  return `t=${timestamp},v1=${signature}`
}

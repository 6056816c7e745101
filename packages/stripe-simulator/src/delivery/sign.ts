import { createHmac } from 'node:crypto'
import type { WebhookEndpoint } from '../domain/objects/account.ts'

/** What signs for an endpoint: its secret, and those rolled away a short while ago. */
export const secretsOf = ({ $secret, $retired = [] }: WebhookEndpoint, now: number): string[] => [
  $secret,
  ...$retired.filter(({ until }) => until > now).map(({ secret }) => secret),
]

/** The `Stripe-Signature` of a body, one `v1` for each secret: each attempt has its own time, in real seconds. */
export const signatureHeader = (body: string, secrets: readonly string[], timestamp: number): string => {
  const signatures = secrets.map((secret) => createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex'))
  return [`t=${timestamp}`, ...signatures.map((signature) => `v1=${signature}`)].join(',')
}

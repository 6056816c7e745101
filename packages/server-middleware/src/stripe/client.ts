import { Stripe } from 'stripe'
import type { Logger } from '../ports/logger.ts'
import type { CallCount } from './call-count.ts'
import { toBillingError } from './errors.ts'
import type { StripeSettings } from './settings.ts'

/** Stripe, as every file in this room reaches it. */
export type StripeApi = {
  settings: StripeSettings
  client: Stripe
  /** Runs one errand ("create the customer"); what goes wrong comes out as a BillingError that names it. */
  ask: <Answer>(errand: string, work: (client: Stripe) => Promise<Answer>) => Promise<Answer>
}

type Listeners = { logger: Logger; count: CallCount }

export const createStripeApi = (settings: StripeSettings, { logger, count }: Listeners): StripeApi => {
  const client = createClient(settings, logger)
  return {
    settings,
    client,
    ask: async (errand, work) => {
      try {
        const answer = await work(client)
        count.answered()
        return answer
      } catch (error) {
        const translated = toBillingError(error, { errand, logger })
        count.failed(translated)
        throw translated
      }
    },
  }
}

const createClient = ({ secretKey, address, accountId }: StripeSettings, logger: Logger): Stripe => {
  const client = new Stripe(secretKey, {
    apiVersion: Stripe.API_VERSION,
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
    appInfo: { name: 'paywright' },
    ...(address ?? {}),
    ...(accountId === null ? {} : { stripeAccount: accountId }),
  })
  client.on('response', (response: Stripe.ResponseEvent) => {
    const { request_id: providerRequestId, method, path, status, elapsed: elapsedMs } = response
    logger.info({ providerRequestId, method, path: path.split('?')[0], status, elapsedMs }, 'stripe_request')
  })
  return client
}

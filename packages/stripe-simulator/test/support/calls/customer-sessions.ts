import type Stripe from 'stripe'
import { createPayer } from '../catalog.ts'

/** The routes of customer sessions: a server makes one, a browser uses it. */
export const callCustomerSessions = async (stripe: Stripe, browser: Stripe): Promise<void> => {
  const { id: customer } = await createPayer(stripe)
  const features = {
    payment_method_redisplay: 'enabled' as const,
    payment_method_remove: 'enabled' as const,
    payment_method_allow_redisplay_filters: ['unspecified' as const],
  }
  const components = { payment_element: { enabled: true, features } }
  const { client_secret } = await stripe.customerSessions.create({ customer, components })
  const path = `/v1/elements/payment_methods?client_secret=${client_secret}`
  const { data } = (await browser.rawRequest('GET', path)) as unknown as { readonly data: { readonly id: string }[] }
  await browser.rawRequest('POST', `/v1/elements/payment_methods/${data[0]?.id}/detach`, { client_secret })
}

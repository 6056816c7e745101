import { describe, expect, it } from 'vitest'
import { openAnsweringServer } from '../../test/answering-server.ts'
import { stripeProvider } from './provider.ts'

const ours = { id: 'bpc_ours', metadata: { paywright_portal: 'customer' } }
const theirs = { id: 'bpc_theirs', metadata: {} }

const open = async (configurations: object[]) => {
  const server = await openAnsweringServer(({ path }) =>
    path.startsWith('/v1/billing_portal/configurations')
      ? { body: { object: 'list', data: configurations, has_more: false } }
      : { body: { id: 'bps_1', url: 'https://portal.example/bps_1' } },
  )
  const keys = { secretKey: 'sk_test_1', publishableKey: 'pk_test_1', webhookSecrets: ['whsec_1'] }
  const sent = (path: string) => server.requests.filter((request) => request.path.startsWith(path))
  return {
    provider: stripeProvider({ ...keys, apiBase: server.url }),
    lookups: () => sent('/v1/billing_portal/configurations').length,
    params: () => Object.fromEntries(new URLSearchParams(sent('/v1/billing_portal/sessions').at(-1)?.body ?? '')),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const visit = {
  providerCustomerId: 'cus_1',
  returnUrl: 'https://app.example/account',
  flow: null,
  providerSubscriptionId: 'sub_1',
}

describe('the portal', () => {
  it('opens as the catalog has set it up, which is looked up once', async () => {
    await using world = await open([theirs, ours])
    await world.provider.openPortal(visit)
    await world.provider.openPortal(visit)
    expect(world.params()).toEqual({
      customer: 'cus_1',
      return_url: 'https://app.example/account',
      configuration: 'bpc_ours',
    })
    expect(world.lookups()).toBe(1)
  })

  it("opens in the account's own way while nothing was pushed", async () => {
    await using world = await open([theirs])
    expect(await world.provider.openPortal(visit)).toEqual({ url: 'https://portal.example/bps_1' })
    expect(world.params()).not.toHaveProperty('configuration')
  })

  it('goes straight to a flow, and back to the host when it is done', async () => {
    await using world = await open([ours])
    await world.provider.openPortal({ ...visit, flow: 'subscription_cancel' })
    expect(world.params()).toMatchObject({
      'flow_data[type]': 'subscription_cancel',
      'flow_data[subscription_cancel][subscription]': 'sub_1',
      'flow_data[after_completion][type]': 'redirect',
      'flow_data[after_completion][redirect][return_url]': 'https://app.example/account',
    })
    await world.provider.openPortal({ ...visit, flow: 'payment_method_update', providerSubscriptionId: null })
    expect(world.params()).toMatchObject({ 'flow_data[type]': 'payment_method_update' })
  })

  it('has nothing to cancel without a subscription', async () => {
    await using world = await open([ours])
    const refused = world.provider.openPortal({ ...visit, flow: 'subscription_cancel', providerSubscriptionId: null })
    await expect(refused).rejects.toMatchObject({ code: 'subscription_required' })
  })
})

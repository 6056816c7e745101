import { expect, it } from 'vitest'
import { type Answer, openAnsweringServer } from '../../test/answering-server.ts'
import { stripeProvider } from './provider.ts'

const keys = { secretKey: 'sk_test_1', publishableKey: 'pk_test_1', webhookSecrets: ['whsec_1'] }

it('counts requests by how they ended; what Stripe does not have is an answer, too', async () => {
  const answers: Answer[] = [
    { body: { id: 'cus_1' } },
    { status: 404, body: { error: { type: 'invalid_request_error', code: 'resource_missing' } } },
    { status: 400, body: { error: { type: 'invalid_request_error' } } },
    { status: 503, headers: { 'stripe-should-retry': 'false' }, body: { error: { type: 'api_error' } } },
  ]
  await using server = await openAnsweringServer(() => answers.shift() ?? 'hang up')
  const provider = stripeProvider({ ...keys, apiBase: server.url })
  const counted: string[] = []
  provider.countIn?.({ providerCall: (result) => void counted.push(result) })
  const labels = { accountId: 'a', source: 'test', createdVia: 'paywright' }
  const customer = { attemptId: 'ref1', email: null, name: null, labels }
  await provider.createCustomer(customer)
  expect(await provider.findEvent('evt_1')).toBeNull()
  await expect(provider.createCustomer(customer)).rejects.toMatchObject({ code: 'provider_refused' })
  await expect(provider.createCustomer(customer)).rejects.toMatchObject({ code: 'provider_unavailable' })
  expect(counted).toEqual(['ok', 'ok', 'refused', 'unavailable'])
})

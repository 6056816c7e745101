import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { typeCard } from './support/acts.ts'
import { type Host, openHost } from './support/open-page.ts'

let host: Host
beforeAll(async () => {
  host = await openHost()
})
afterAll(() => host.close())

const openFilled = async (number = '4242424242424242') => {
  const page = await host.open()
  await typeCard(page, number)
  return page
}

describe('a confirmation', () => {
  it('before elements.submit() is a mistake of the page', async () => {
    const page = await openFilled()
    const confirmed = page.evaluate(() => {
      const { stripe, elements, secretFor } = window.harness
      if (!elements) throw new TypeError('no elements')
      return stripe.confirmPayment({ elements, clientSecret: secretFor() ?? '', redirect: 'if_required' })
    })
    await expect(confirmed).rejects.toThrow(/IntegrationError.*elements\.submit\(\) must be called/)
    await page.context().close()
  })

  it('without a return URL is one too, unless it only redirects if required', async () => {
    const page = await openFilled()
    const confirmed = page.evaluate(() => {
      const { stripe, elements, secretFor } = window.harness
      if (!elements) throw new TypeError('no elements')
      return stripe.confirmPayment({
        elements,
        clientSecret: secretFor() ?? '',
        confirmParams: { return_url: undefined as never },
      })
    })
    await expect(confirmed).rejects.toThrow(/return_url is required/)
    await page.context().close()
  })

  it.each([
    [{ amount: 501, currency: 'usd' }, /amount.*500.*501/],
    [{ amount: 500, currency: 'eur' }, /currency.*usd.*eur/],
    [{ amount: 500, currency: 'usd', setupFutureUsage: 'off_session' as const }, /setupFutureUsage/],
  ])('of an intent over something else than the form showed is refused: %o', async (terms, message) => {
    const page = await openFilled()
    const { error } = await page.evaluate(async (terms) => {
      const { stripe, elements, backend } = window.harness
      if (!elements) throw new TypeError('no elements')
      await elements.submit()
      const clientSecret = backend.openPaymentIntent(terms).client_secret ?? ''
      return stripe.confirmPayment({ elements, clientSecret, redirect: 'if_required' })
    }, terms)
    expect(error).toMatchObject({ type: 'invalid_request_error', message: expect.stringMatching(message) })
    await page.context().close()
  })

  it('on the server, with a confirmation token, is what the page then reads', async () => {
    const page = await openFilled()
    const result = await page.evaluate(async () => {
      const { stripe, elements, backend, secretFor } = window.harness
      if (!elements) throw new TypeError('no elements')
      await elements.submit()
      const { confirmationToken } = await stripe.createConfirmationToken({ elements })
      const clientSecret = secretFor() ?? ''
      const [id = ''] = clientSecret.split('_secret_')
      await backend.confirmIntent(
        { kind: 'payment_intent', id, clientSecret },
        { confirmationTokenId: confirmationToken?.id ?? '' },
      )
      return stripe.retrievePaymentIntent(clientSecret)
    })
    expect(result.paymentIntent?.status).toBe('succeeded')
    await page.context().close()
  })
})

describe('the other verbs', () => {
  it('handleNextAction refuses an intent that asks for nothing', async () => {
    const page = await host.open()
    const handled = page.evaluate(() => {
      const { stripe, secretFor } = window.harness
      return stripe.handleNextAction({ clientSecret: secretFor() ?? '' })
    })
    await expect(handled).rejects.toThrow(/requires_payment_method, not requires_action/)
    await page.context().close()
  })

  it('createConfirmationToken carries the card and what the host adds', async () => {
    const page = await openFilled('5555555555554444')
    const { confirmationToken } = await page.evaluate(async () => {
      const { stripe, elements } = window.harness
      if (!elements) throw new TypeError('no elements')
      await elements.submit()
      const billing_details = { name: 'Alice', address: { city: 'Springfield' } }
      return stripe.createConfirmationToken({ elements, params: { payment_method_data: { billing_details } } })
    })
    expect(confirmationToken).toMatchObject({
      object: 'confirmation_token',
      payment_method_preview: {
        card: { brand: 'mastercard', last4: '4444', exp_month: 12, exp_year: 2034 },
        billing_details: { name: 'Alice', address: { city: 'Springfield', country: 'US', postal_code: '10001' } },
      },
    })
    await page.context().close()
  })

  it('createPaymentMethod wants a group that was made for it', async () => {
    const page = await openFilled()
    const made = page.evaluate(async () => {
      const { stripe, elements } = window.harness
      if (!elements) throw new TypeError('no elements')
      await elements.submit()
      return stripe.createPaymentMethod({ elements })
    })
    await expect(made).rejects.toThrow(/paymentMethodCreation: 'manual'/)
    await page.context().close()
  })

  it('elements refuse a second form, another element, and an amount that is none', async () => {
    const page = await host.open()
    const messages = await page.evaluate(() => {
      const { stripe } = window.harness
      const group = stripe.elements({ mode: 'payment', amount: 500, currency: 'usd' })
      group.create('payment')
      const told = (work: () => unknown): string => {
        try {
          work()
          return 'nothing'
        } catch (cause) {
          return (cause as Error).message
        }
      }
      return [
        told(() => group.create('payment')),
        told(() => group.create('address', { mode: 'billing' })),
        told(() => stripe.elements({ mode: 'payment', amount: 0, currency: 'usd' })),
        told(() => stripe.elements({ mode: 'payment', amount: 1.5, currency: 'usd' })),
        told(() => stripe.elements({ mode: 'subscription', amount: 0, currency: 'usd' })),
        told(() => stripe.elements({ clientSecret: 'sk_test_oops' })),
      ]
    })
    expect(messages).toEqual([
      expect.stringContaining('Can only create one Element of type payment'),
      expect.stringContaining('no address element'),
      expect.stringContaining('at least 1'),
      expect.stringContaining('integer'),
      'nothing',
      expect.stringContaining('client secret'),
    ])
    await page.context().close()
  })
})

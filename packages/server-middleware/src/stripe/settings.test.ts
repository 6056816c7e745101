import { describe, expect, it } from 'vitest'
import { isBillingError } from '../domain/errors.ts'
import { stripeProvider } from './provider.ts'
import { type StripeProviderOptions, toSettings } from './settings.ts'

const good = { secretKey: 'sk_test_secret1', publishableKey: 'pk_test_public1', webhookSecrets: ['whsec_signing1'] }

const problemWith = (wrong: Partial<StripeProviderOptions>): string => {
  try {
    toSettings({ ...good, ...wrong })
  } catch (error) {
    if (isBillingError(error, 'misconfigured')) return error.message
    throw error
  }
  return 'none'
}

describe('toSettings', () => {
  it('takes the mode from the key', () => {
    expect(toSettings(good).mode).toBe('test')
    expect(toSettings({ ...good, secretKey: 'sk_live_1', publishableKey: 'pk_live_1' }).mode).toBe('live')
  })

  it('accepts restricted keys, several secrets and stray blanks', () => {
    const settings = toSettings({ ...good, secretKey: ' rk_test_1\n', webhookSecrets: ['whsec_a', ' whsec_b '] })
    expect(settings).toMatchObject({ secretKey: 'rk_test_1', webhookSecrets: { account: ['whsec_a', 'whsec_b'] } })
  })

  it('takes one secret, or several, or those of each kind of endpoint', () => {
    const secrets = (webhookSecrets: StripeProviderOptions['webhookSecrets'], accountId?: string) =>
      toSettings({ ...good, webhookSecrets, ...(accountId && { accountId }) }).webhookSecrets
    expect(secrets('whsec_a')).toEqual({ account: ['whsec_a'], connect: [] })
    expect(secrets({ account: 'whsec_a' })).toEqual({ account: ['whsec_a'], connect: [] })
    expect(secrets({ account: 'whsec_a', connect: ['whsec_b'] })).toEqual({
      account: ['whsec_a'],
      connect: ['whsec_b'],
    })
    expect(secrets({ connect: 'whsec_b' }, 'acct_1')).toEqual({ account: [], connect: ['whsec_b'] })
  })

  it('takes those that nobody told apart for both kinds where it acts for a connected account', () => {
    expect(toSettings({ ...good, accountId: 'acct_1' }).webhookSecrets).toEqual({
      account: good.webhookSecrets,
      connect: good.webhookSecrets,
    })
  })

  it('has taxes off, promotion codes on, and asks for tax ids where taxes are', () => {
    expect(toSettings(good)).toMatchObject({ tax: false, promotionCodes: true, taxIdCollection: false })
    expect(toSettings({ ...good, tax: true })).toMatchObject({ tax: true, taxIdCollection: true })
    expect(toSettings({ ...good, tax: true, taxIdCollection: false }).taxIdCollection).toBe(false)
  })

  it('says what its checkout does', () => {
    expect(stripeProvider(good).features).toEqual({ promotionCodes: true, tax: false })
    const other = stripeProvider({ ...good, promotionCodes: false, tax: true })
    expect(other.features).toEqual({ promotionCodes: false, tax: true })
  })

  it('reads another address of the API', () => {
    const address = (apiBase: string) => toSettings({ ...good, apiBase }).address
    expect(address('http://localhost:12111')).toEqual({ host: 'localhost', port: '12111', protocol: 'http' })
    expect(address('https://stripe.example/')).toEqual({ host: 'stripe.example', port: '443', protocol: 'https' })
  })

  it.each<[string, Partial<StripeProviderOptions>, string]>([
    ['no secret key', { secretKey: '' }, 'secretKey is missing'],
    ['a publishable key where the secret one belongs', { secretKey: 'pk_test_1' }, 'begins with pk_'],
    ['a secret key where the publishable one belongs', { publishableKey: 'sk_test_1' }, 'begins with sk_'],
    ['something else', { secretKey: 'hunter2' }, 'is not a Stripe key'],
    ['a live key with a test one', { secretKey: 'sk_live_1' }, 'secretKey is a live key and publishableKey is not'],
    ['no webhook secret', { webhookSecrets: [] }, 'webhookSecrets has no secret'],
    ['a blank webhook secret', { webhookSecrets: ['whsec_a', ' '] }, 'or a blank one'],
    ['a blank one of connected accounts', { webhookSecrets: { account: 'whsec_a', connect: ' ' } }, 'or a blank one'],
    ['no secret of its own account', { webhookSecrets: { connect: 'whsec_a' } }, 'webhookSecrets.account is missing'],
    [
      'no secret of the connected account that it acts for',
      { webhookSecrets: { account: 'whsec_a' }, accountId: 'acct_1' },
      'webhookSecrets.connect is missing',
    ],
    ["an endpoint's id for its secret", { webhookSecrets: ['we_123'] }, 'each begins with whsec_'],
    ['an address that is none', { apiBase: 'localhost:12111' }, 'apiBase must be'],
    ['an address with a path', { apiBase: 'http://localhost:1/v1' }, 'without a path'],
    [
      'a live key over plain http',
      { secretKey: 'sk_live_1', publishableKey: 'pk_live_1', apiBase: 'http://localhost:1' },
      'in the clear',
    ],
    ['an account that is none', { accountId: 'cus_1' }, 'acct_'],
  ])('refuses %s, and says what to do', (_what, wrong, problem) => {
    expect(problemWith(wrong)).toContain(problem)
  })

  it('never repeats a secret', () => {
    const problems = [
      problemWith({ publishableKey: 'sk_test_verysecret' }),
      problemWith({ secretKey: 'verysecret' }),
      problemWith({ webhookSecrets: ['verysecret'] }),
      problemWith({ secretKey: 'sk_live_verysecret' }),
    ]
    expect(problems.join()).not.toContain('verysecret')
  })
})

import { describe, expect, test } from 'vitest'
import { defineCatalog } from './domain/define-catalog.ts'
import { memoryStore } from './memory/memory-store.ts'
import { parseOptions } from './options.ts'
import { stripeProvider } from './stripe/provider.ts'

const keys = (mode: 'test' | 'live') =>
  stripeProvider({ secretKey: `sk_${mode}_1`, publishableKey: `pk_${mode}_1`, webhookSecrets: ['whsec_1'] })

const good = {
  provider: keys('test'),
  store: memoryStore(),
  catalog: defineCatalog({ currency: 'usd', freePlan: 'free', plans: { free: { name: 'Free' } }, packs: {} }),
  identify: () => null,
}

const notifier = { send: async () => {} }

const problemsOf = (options: object, production = false): string => {
  try {
    parseOptions(options, production)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

describe('options', () => {
  test('have defaults that are safe', () => {
    expect(parseOptions(good, false)).toMatchObject({
      trustedOrigins: ['http://localhost:3000'],
      defaultReturnPath: '/',
      graceDays: 14,
      locale: 'en-US',
      rateLimit: { windowSeconds: 60, limit: 20 },
      webhooks: { bodyConsumed: 'refetch' },
    })
  })

  test('write to nobody but the accounts where the host names nobody', () => {
    expect(parseOptions(good, false).notifications).toBeUndefined()
    expect(parseOptions({ ...good, notifications: { notifier } }, false).notifications).toEqual({
      notifier,
      operators: [],
    })
  })

  test('that are missing are all named at once, with what to do', () => {
    const problems = problemsOf({})

    for (const option of ['provider', 'store', 'catalog', 'identify'])
      expect(problems).toContain(`- ${option} is missing: pass`)
  })

  test.each([
    [{ graceDays: 91 }, 'graceDays'],
    [{ locale: 'no locale' }, 'locale is no language tag'],
    [{ defaultReturnPath: 'account' }, 'defaultReturnPath must begin with a slash'],
    [{ trustedOrigins: ['app.example.com'] }, 'trustedOrigins.0 is no origin'],
    [{ trustedOrigins: [] }, 'trustedOrigins names no origin'],
    [{ rateLimit: { windowSeconds: 0, limit: 1 } }, 'rateLimit'],
    [{ evidence: 'yes' }, 'evidence must be a function'],
    [{ webhooks: { bodyConsumed: 'ignore' } }, 'webhooks.bodyConsumed'],
    [{ graceDay: 3 }, 'graceDay'],
    [{ notifications: {} }, 'notifications.notifier is missing: pass mailNotifier'],
    [{ notifications: { notifier, operators: ['ops'] } }, 'notifications.operators.0 is no e-mail address'],
    [{ notifications: { notifier, recipients: ['a@example.com'] } }, 'notifications.recipients must be a function'],
    [{ credits: { lowAt: { tokns: 5 } } }, 'credits.lowAt names tokns, which is no unit of the catalog'],
    [{ credits: { lowAt: 0 } }, 'credits.lowAt'],
    [{ catalog: { ...good.catalog, freePlan: 'gratis' } }, 'catalog has no plan gratis'],
  ])('%j is refused', (change, problem) => {
    expect(problemsOf({ ...good, ...change })).toContain(problem)
  })

  test('keep the origin of a trusted address only', () => {
    const { trustedOrigins } = parseOptions({ ...good, trustedOrigins: ['https://app.example.com/account/'] }, true)

    expect(trustedOrigins).toEqual(['https://app.example.com'])
  })

  test('need a trusted origin in production', () => {
    expect(problemsOf(good, true)).toContain('trustedOrigins is missing')
  })

  test('refuse plain http where money is real', () => {
    const live = { ...good, provider: keys('live'), trustedOrigins: ['http://app.example.com'] }

    expect(problemsOf(live)).toContain('live payments need https')
    expect(problemsOf({ ...live, trustedOrigins: ['https://app.example.com'] })).toBe('')
  })
})

import type { Catalog } from '../domain/catalog.ts'
import { invalidRequest } from './validate.ts'

/** What a service says about a new account must be what this catalog does with it. */
export const requireTerms = (catalog: Catalog, sent: { currency?: string; planName?: string }): void => {
  const { currency, freePlan } = catalog
  const free = catalog.plans[freePlan]
  const wrongCurrency = sent.currency !== undefined && sent.currency !== currency
  const wrongPlan = sent.planName !== undefined && sent.planName !== freePlan && sent.planName !== free?.name
  const fields = [
    ...(wrongCurrency ? [{ path: 'currency', message: `must be ${currency}` }] : []),
    ...(wrongPlan ? [{ path: 'planName', message: `must be ${freePlan}, on which every account starts` }] : []),
  ]
  if (fields.length > 0) throw invalidRequest(fields)
}

import type { Catalog } from '../domain/catalog.ts'
import { invalidRequest } from './validate.ts'

/** The unit, where a request names one, must be the one that is counted. */
export const requireUnit = ({ unit }: Catalog, sent: string | undefined): void => {
  if (sent === undefined || sent === unit) return
  throw invalidRequest([{ path: 'unit', message: `must be ${unit}` }])
}

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

import { packsIn, scaleOf } from '../domain/catalog.ts'
import type { Balance } from '../domain/credits/operation.ts'
import { BillingError } from '../domain/errors.ts'
import { toMoney } from '../domain/money.ts'
import type { Deps } from '../ports/deps.ts'

/** The refusal, with the packs that would help. */
export const insufficientCredits = (
  { catalog, policy }: Deps,
  { unit, credits }: { unit: string; credits: number },
  { available }: Balance,
): BillingError<'insufficient_credits'> => {
  const scale = scaleOf(catalog, unit)
  const message = `This needs ${credits / scale} ${unit} and ${available / scale} are left. Buy more to go on.`
  return new BillingError('insufficient_credits', message, {
    details: {
      unit,
      creditsNeeded: credits,
      creditsAvailable: available,
      packs: packsIn(catalog, unit).map((pack) => ({
        id: pack.id,
        name: pack.name,
        unit,
        scale,
        usesPurchased: pack.credits,
        price: toMoney({ amountMinor: pack.amountMinor, currency: catalog.currency, locale: policy.locale }),
      })),
    },
  })
}

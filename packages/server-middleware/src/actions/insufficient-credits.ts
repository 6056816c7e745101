import type { Balance } from '../domain/credits/operation.ts'
import { BillingError } from '../domain/errors.ts'
import { toMoney } from '../domain/money.ts'
import type { Deps } from '../ports.ts'

/** The refusal, with the packs that would help. */
export const insufficientCredits = (
  { catalog, policy }: Deps,
  credits: number,
  balance: Balance,
): BillingError<'insufficient_credits'> =>
  new BillingError(
    'insufficient_credits',
    `This needs ${credits} ${catalog.unit} and ${balance.available} are left. Buy more to go on.`,
    {
      details: {
        creditsNeeded: credits,
        creditsAvailable: balance.available,
        packs: Object.values(catalog.packs).map((pack) => ({
          id: pack.id,
          name: pack.name,
          usesPurchased: pack.credits,
          price: toMoney({
            amountMinor: pack.amountMinor,
            currency: catalog.currency,
            locale: policy.locale,
          }),
        })),
      },
    },
  )

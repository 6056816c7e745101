import type { Identity } from '../domain/account.ts'
import type { Balance, LedgerEntry, Note } from '../domain/credits/operation.ts'
import { BillingError } from '../domain/errors.ts'
import { toMoney } from '../domain/money.ts'
import type { Deps } from '../ports.ts'
import { ensureAccount } from './ensure-account.ts'
import { ledgerOf } from './ledger-of.ts'

export type ChargeInput = { identity: Identity; credits: number; key: string; note: Note }
export type Charge = { entry: LedgerEntry; balance: Balance; replayed: boolean }

/**
 * Takes credits, in one atomic step, or refuses. The same key and content again gives the first answer, `replayed`.
 *
 * @throws BillingError `insufficient_credits`, `idempotency_conflict`
 */
export const chargeCredits = async (deps: Deps, { identity, credits, key, note }: ChargeInput): Promise<Charge> => {
  const account = await ensureAccount(deps, identity)
  const operation = { op: 'charge', key: `charge:${key}`, credits, note } as const
  const posting = await deps.store.ledger.post(ledgerOf(deps, account), operation)
  const fields = { account: account.ref, credits, key, result: posting.outcome }
  if (posting.outcome === 'insufficient') {
    deps.logger.info(fields, 'charge_refused')
    throw insufficientCredits(deps, credits, posting.balance)
  }
  if (posting.outcome === 'conflict') {
    deps.logger.warn(fields, 'charge_refused')
    throw new BillingError(
      'idempotency_conflict',
      'This idempotency key was used before, for a different charge. Use a new key for a new charge.',
    )
  }
  deps.logger.info({ ...fields, entry: posting.entry.id, available: posting.balance.available }, 'charge_posted')
  return { entry: posting.entry, balance: posting.balance, replayed: posting.outcome === 'replayed' }
}

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

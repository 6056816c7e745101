import type { Customer } from '../domain/objects/customer.ts'

type Mode = 'automatic' | 'manual'

export interface CashBalanceInput {
  readonly settings?: { readonly reconciliation_mode?: Mode | 'merchant_default' }
}

interface Reconciled {
  readonly $reconciliation?: Mode | null
}

/** How money that a customer sends is matched to invoices; null as the account does. */
export const reconciled = ({ cash_balance }: { readonly cash_balance?: CashBalanceInput }): Reconciled => {
  const mode = cash_balance?.settings?.reconciliation_mode
  if (mode === undefined) return {}
  return { $reconciliation: mode === 'merchant_default' ? null : mode }
}

/** The money that a customer sent ahead: nobody can, here, but how it would be matched can be said. */
export const cashBalanceOf = ({ id, $reconciliation = null }: Customer): Readonly<Record<string, unknown>> => ({
  object: 'cash_balance',
  available: null,
  customer: id,
  customer_account: null,
  livemode: false,
  settings: {
    reconciliation_mode: $reconciliation ?? 'automatic',
    using_merchant_default: $reconciliation === null,
  },
})

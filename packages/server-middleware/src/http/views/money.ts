import type { Currency, MinorAmount, Money } from '@paywright/contract'
import { toMoney } from '../../domain/money.ts'
import type { Deps } from '../../ports.ts'

/** An amount of the catalog, as on a price tag: $29. */
export const toPriceTag = ({ catalog, policy }: Deps, amountMinor: MinorAmount): Money =>
  toMoney({ amountMinor, currency: catalog.currency, locale: policy.locale, trim: true })

/** An amount that somebody owes or paid, as on a receipt: $29.00. */
export const toSum = ({ policy }: Deps, amountMinor: MinorAmount, currency: Currency): Money =>
  toMoney({ amountMinor, currency, locale: policy.locale })

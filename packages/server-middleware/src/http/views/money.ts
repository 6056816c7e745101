import type { Currency, MinorAmount, Money } from '@paywright/contract'
import { toMoney } from '../../domain/money.ts'
import type { Deps } from '../../ports/deps.ts'

/** An amount of the catalog. */
export const toPrice = ({ catalog, policy }: Deps, amountMinor: MinorAmount): Money =>
  toMoney({ amountMinor, currency: catalog.currency, locale: policy.locale })

/** An amount that somebody owes or paid. */
export const toSum = ({ policy }: Deps, amountMinor: MinorAmount, currency: Currency): Money =>
  toMoney({ amountMinor, currency, locale: policy.locale })

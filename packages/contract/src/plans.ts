import type { Currency, Money } from './money.ts'

/** How often a plan bills. */
export type Interval = 'month' | 'year'

/**
 * What the button of a plan does for this account, decided by the server: `contact` opens the host's sales page,
 * `finish_payment` pays the open invoice, `resume` takes a scheduled cancellation back.
 */
export type PlanAction =
  | 'subscribe'
  | 'start_trial'
  | 'upgrade'
  | 'downgrade'
  | 'switch_interval'
  | 'current'
  | 'resume'
  | 'finish_payment'
  | 'contact'

/** A plan's price for one interval. `saving` is against twelve monthly payments; null when there is none. */
export type PlanPrice = {
  interval: Interval
  price: Money
  perMonth: Money
  saving: Money | null
  /** Null while nobody is signed in: the page then offers `subscribe` or `start_trial` by `trialDays`. */
  action: PlanAction | null
}

/** A plan as the pricing table shows it. A limit of null is unlimited. */
export type Plan = {
  id: string
  name: string
  promise: string
  prices: { month: PlanPrice | null; year: PlanPrice | null }
  /** For plans without a price (free, contact us): what their button does; null while nobody is signed in. */
  action: PlanAction | null
  features: string[]
  limits: Record<string, number | null>
  trialDays: number
  /** The name of the plan whose features this one contains: "Everything in Starter, plus". */
  everythingIn: string | null
  recommended: boolean
}

/** Credits for sale, once. `usesPurchased` is a whole number, of which `scale` make one `unit` that people see. */
export type Pack = { id: string; name: string; unit: string; scale: number; usesPurchased: number; price: Money }

/** `unit` is the default one, and `freeUses` are counted in it; packs may be of any. */
export type PlansResponse = { plans: Plan[]; packs: Pack[]; currency: Currency; unit: string; freeUses: number }

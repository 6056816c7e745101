import type { Invoice } from '../../domain/objects/invoice.ts'
import { retryDaysOf } from '../../settings.ts'
import type { World } from '../../world.ts'

const daySeconds = 86_400

/** Where a debit took longer than the schedule's next place, the wait between the two places begins now. */
const timeOf = (world: World, first: number, [before, days]: readonly [number, number]): number => {
  const at = first + days * daySeconds
  return at > world.now() ? at : world.now() + (days - before) * daySeconds
}

/** The next place in the account's schedule of retries, counted from the first attempt; null when it is used up. */
export const nextAttempt = (world: World, invoice: Invoice): Pick<Invoice, 'next_payment_attempt' | '$retries'> => {
  const used = invoice.$retries ?? 0
  const schedule = invoice.collection_method === 'send_invoice' ? [] : retryDaysOf(world.settings)
  const days = schedule[used]
  const first = invoice.status_transitions.finalized_at ?? world.now()
  const next_payment_attempt = days === undefined ? null : timeOf(world, first, [schedule[used - 1] ?? 0, days])
  return { $retries: used + 1, next_payment_attempt }
}

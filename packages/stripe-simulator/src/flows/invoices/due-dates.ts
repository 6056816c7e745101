import type { Invoice } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { subscriptionUnpaid } from '../subscriptions/after-payment.ts'

const day = 86_400

type Announcement = 'invoice.overdue' | 'invoice.will_be_due' | 'late'

const mark = (world: World, invoice: Invoice, what: Announcement): Invoice =>
  world.update(invoice, { $announced: [...(invoice.$announced ?? []), what] })

const beLate = (world: World, invoice: Invoice): void => subscriptionUnpaid(world, mark(world, invoice, 'late'))

const announce = (world: World, invoice: Invoice, event: Announcement): void =>
  world.emit(event, mark(world, invoice, event))

const moments = (world: World, invoice: Invoice, due: number) => {
  const { overdueDays, willBeDueDays } = world.settings
  return [
    { what: 'late' as const, at: due },
    ...(overdueDays === null ? [] : [{ what: 'invoice.overdue' as const, at: due + overdueDays * day }]),
    ...(willBeDueDays === null ? [] : [{ what: 'invoice.will_be_due' as const, at: due - willBeDueDays * day }]),
  ].filter(({ at }) => at >= (invoice.status_transitions.finalized_at ?? 0))
}

/** What the date brings by which a sent invoice is to be paid: its subscription is late, and the account is told. */
export const dueDateDues = (world: World, invoice: Invoice) => {
  if (invoice.status !== 'open' || invoice.due_date === null) return []
  return moments(world, invoice, invoice.due_date)
    .filter(({ what }) => invoice.$announced?.includes(what) !== true)
    .map(({ what, at }) => ({
      at,
      run: () => (what === 'late' ? beLate(world, invoice) : announce(world, invoice, what)),
    }))
}

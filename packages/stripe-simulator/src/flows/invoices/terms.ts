import { invalidRequest } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import type { InvoiceInput } from './fields.ts'

const day = 86_400
const fiveYears = 5 * 366 * day

type Terms = Pick<Invoice, 'collection_method' | 'due_date'>

const refuseBoth = (input: InvoiceInput): void => {
  if (input.due_date === undefined || input.days_until_due === undefined) return
  throw invalidRequest('You may only specify one of these parameters: days_until_due, due_date.', {
    param: 'due_date',
  })
}

const given = (input: InvoiceInput): 'days_until_due' | 'due_date' | undefined =>
  (['days_until_due', 'due_date'] as const).find((name) => input[name] !== undefined)

const dueAt = (world: World, input: InvoiceInput, created: number): number => {
  const at = input.due_date ?? created + (input.days_until_due ?? 0) * day
  if (at >= world.now()) return at
  throw invalidRequest('The due date of an invoice must be in the future.', { param: given(input) ?? 'due_date' })
}

/** How an invoice is collected, and until when: only what is sent has a due date, and it must have one. */
export const collectionTerms = (
  world: World,
  input: InvoiceInput,
  old: Terms & { readonly created: number },
): Terms => {
  refuseBoth(input)
  const collection_method = input.collection_method ?? old.collection_method
  const param = given(input)
  if (param === undefined && collection_method === old.collection_method) {
    return { collection_method, due_date: old.due_date }
  }
  if (collection_method === 'charge_automatically') {
    if (param === undefined) return { collection_method, due_date: null }
    throw invalidRequest(`You can only set \`${param}\` on an invoice with collection_method 'send_invoice'.`, {
      param,
    })
  }
  if (param !== undefined) return { collection_method, due_date: dueAt(world, input, old.created) }
  if (old.due_date !== null) return { collection_method, due_date: old.due_date }
  throw invalidRequest(
    "If invoice has collection_method 'send_invoice', you must pass 'due_date' or 'days_until_due'.",
    { param: 'days_until_due' },
  )
}

type Advance = Pick<Invoice, 'auto_advance' | 'automatically_finalizes_at'>

const finalizesAt = (world: World, at: number): number => {
  if (at > world.now() && at <= world.now() + fiveYears) return at
  throw invalidRequest('Invalid timestamp: `automatically_finalizes_at` must be at most 5 years in the future.', {
    param: 'automatically_finalizes_at',
  })
}

/** Whether and when a draft goes on by itself. */
export const draftAdvance = (world: World, input: InvoiceInput, old: Advance): Advance => {
  const at = input.automatically_finalizes_at
  if (at !== undefined && input.auto_advance === false) {
    throw invalidRequest('`automatically_finalizes_at` cannot be set when `auto_advance` is false.', {
      param: 'automatically_finalizes_at',
    })
  }
  if (at !== undefined) return { auto_advance: true, automatically_finalizes_at: finalizesAt(world, at) }
  const auto_advance = input.auto_advance ?? old.auto_advance
  if (!auto_advance) return { auto_advance, automatically_finalizes_at: null }
  const planned = input.auto_advance === undefined ? null : world.now() + world.settings.draftSeconds
  return { auto_advance, automatically_finalizes_at: old.automatically_finalizes_at ?? planned }
}

import { invalidRequest } from '../../domain/failure.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { World } from '../../world.ts'

export interface NumberingInput {
  readonly invoice_prefix?: string
  readonly next_invoice_sequence?: number
}

const checkPrefix = (world: World, prefix: string, customer: Customer | undefined): void => {
  if (!/^[A-Z0-9]{1,12}$/.test(prefix)) {
    throw invalidRequest('The invoice prefix must be 1 to 12 uppercase letters or numbers.', {
      param: 'invoice_prefix',
    })
  }
  const taken = world.store
    .all('customer')
    .some((each) => each.deleted !== true && each.invoice_prefix === prefix && each.id !== customer?.id)
  if (!taken) return
  throw invalidRequest(`The invoice prefix ${prefix} is used by another customer.`, { param: 'invoice_prefix' })
}

/** The numbers of a customer's invoices: of theirs only, and each once. */
export const checkNumbering = (world: World, input: NumberingInput, customer: Customer | undefined): void => {
  const { invoice_prefix: prefix, next_invoice_sequence: sequence } = input
  if (prefix !== undefined) checkPrefix(world, prefix, customer)
  const least = customer?.next_invoice_sequence ?? 1
  if (sequence === undefined || sequence >= least) return
  throw invalidRequest(`The next invoice sequence has to be at least ${least}: lower ones may be used already.`, {
    param: 'next_invoice_sequence',
  })
}

import type { Invoice, InvoiceTerms } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { sharedPayment } from './subscription-terms.ts'
import { checkTerms } from './terms.ts'

export interface InvoiceTermsInput {
  readonly application_fee_amount?: number
  readonly on_behalf_of?: string
  readonly transfer_data?: { readonly amount?: number; readonly destination: string } | ''
}

const names = ['application_fee_amount', 'on_behalf_of', 'transfer_data'] as const

/** An amount takes the place of the subscription's percentage. */
const withFee = ({ application_fee_percent, ...terms }: InvoiceTerms, fee: number | undefined): InvoiceTerms =>
  fee === undefined
    ? { ...terms, ...(application_fee_percent === undefined ? {} : { application_fee_percent }) }
    : { ...terms, application_fee_amount: fee }

const withTransfer = ({ transfer_data, ...terms }: InvoiceTerms, given: InvoiceTermsInput['transfer_data']) => {
  if (given === '') return terms
  const chosen = given ?? transfer_data
  return chosen ? { ...terms, transfer_data: chosen } : terms
}

/** What terms are changed of: a draft's, or those that a new invoice takes over. */
export type TermsHolder = Pick<Invoice, '$terms' | 'on_behalf_of'> & { readonly amount_due?: number }

/** A draft's terms, with what a request changes of them. */
export const changedInvoiceTerms = (
  world: World,
  draft: TermsHolder,
  input: InvoiceTermsInput,
): Partial<Pick<Invoice, '$terms' | 'on_behalf_of'>> => {
  if (names.every((name) => input[name] === undefined)) return {}
  const on_behalf_of = input.on_behalf_of === undefined ? draft.on_behalf_of : input.on_behalf_of || null
  const $terms = withTransfer(withFee(draft.$terms ?? {}, input.application_fee_amount), input.transfer_data)
  const { amount_due: amount = 0 } = draft
  checkTerms(world, { terms: sharedPayment($terms, on_behalf_of, amount), amount })
  return { $terms, on_behalf_of }
}

import type { StripeCheckoutContact, StripeError } from '@stripe/stripe-js'
import type { PageChange } from '../backend.ts'
import type { PaymentElementParts } from '../element/payment-element.ts'
import type { ConfirmArguments } from './confirm-page.ts'
import type { PageState, Result } from './page-state.ts'

export interface ActionsInput {
  readonly state: PageState
  readonly payment: () => PaymentElementParts | undefined
  readonly confirm: (given?: ConfirmArguments) => Promise<Result<unknown>>
}

type Code = (error: StripeError) => string | null

const noCode: Code = () => null

const codeOfPromotion: Code = ({ code }) => (code === 'promotion_code_invalid' ? 'invalidCode' : null)

const codeOfTaxId: Code = ({ code }) => (code === 'tax_id_invalid' ? 'invalidTaxId' : null)

const emailProblem = (email: string): { readonly message: string; readonly code: string } | undefined => {
  if (/^[^@\s]+@[^@\s.]+\.[^@\s]+$/.test(email)) return undefined
  const code = /^[^@\s]+(@[^@\s]*)?$/.test(email) ? 'incompleteEmail' : 'invalidEmail'
  return { message: `Your email is ${code === 'invalidEmail' ? 'invalid' : 'incomplete'}.`, code }
}

const validate = (state: PageState, payment: PaymentElementParts | undefined): Result<object> => {
  if (!payment) {
    const message = 'There are no elements to validate.'
    return { type: 'error', error: { code: 'no_elements', message, validation_errors: [] } }
  }
  const collected = payment.collect()
  if (!('error' in collected)) return { type: 'success', session: state.session() }
  const message = collected.error.message ?? ''
  const validation_errors = [{ message, element: 'payment' }]
  return { type: 'error', error: { code: 'validation_error', message, validation_errors } }
}

/** What a page can do with its session. Nothing here rejects: what went wrong is a result. */
export const createActions = ({ state, payment, confirm }: ActionsInput) => {
  const change = async (changes: PageChange, codeOf: Code = noCode): Promise<Result<object>> => {
    const { error } = await state.change(changes)
    if (!error) return { type: 'success', session: state.session() }
    return { type: 'error', error: { message: error.message ?? '', code: codeOf(error) } }
  }
  const refuse = async (message: string): Promise<Result> => ({ type: 'error', error: { message, code: null } })
  return {
    getSession: state.session,
    confirm,
    applyPromotionCode: (code: string) => change({ promotion_code: code }, codeOfPromotion),
    removePromotionCode: () => change({ promotion_code: null }),
    updateBillingAddress: (contact: StripeCheckoutContact | null) => change({ billing_address: contact }),
    updateShippingAddress: (contact: StripeCheckoutContact | null) => change({ shipping_address: contact }),
    updatePhoneNumber: (phone: string | null) => change({ phone_number: phone }),
    updateIndividualName: (name: string | null) => change({ individual_name: name }),
    updateBusinessName: (name: string | null) => change({ business_name: name }),
    updateEmail: async (email: string | null) => {
      const error = email === null ? undefined : emailProblem(email)
      return error ? { type: 'error', error } : change({ email })
    },
    updateLineItemQuantity: ({ lineItem, quantity }: { readonly lineItem: string; readonly quantity: number }) =>
      change({ line_item: { id: lineItem, quantity } }),
    updateShippingOption: (rate: string) => change({ shipping_rate: rate }),
    updateTaxIdInfo: (
      given: { readonly taxId: { type: string; value: string }; readonly businessName: string } | null,
    ) => change({ tax_id: given?.taxId ?? null, business_name: given?.businessName ?? null }, codeOfTaxId),
    addOptionalLineItem: () => refuse('This Checkout Session has no optional items: elements cannot have them.'),
    removeOptionalLineItem: () => refuse('This Checkout Session has no optional items: elements cannot have them.'),
    runServerUpdate: async (update: () => Promise<unknown>): Promise<Result> => {
      try {
        await update()
      } catch (cause) {
        return refuse(cause instanceof Error ? cause.message : 'The update failed.')
      }
      const { error } = await state.refresh()
      return error ? refuse(error.message ?? '') : { type: 'success', session: state.session() }
    },
    validateElements: async () => validate(state, payment()),
  }
}

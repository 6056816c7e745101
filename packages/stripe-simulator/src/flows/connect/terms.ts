import { isAble } from '../../domain/connected-account.ts'
import { invalidRequest, noSuch } from '../../domain/failure.ts'
import type { ConnectedAccount } from '../../domain/objects/connect.ts'
import type { ConnectTerms } from '../../domain/objects/payment.ts'
import { isPlatform, type World } from '../../world.ts'

export interface TermsInput {
  readonly application_fee_amount?: number | ''
  readonly on_behalf_of?: string
  readonly transfer_data?: { readonly amount?: number; readonly destination?: string }
  readonly transfer_group?: string
}

/** What may still be changed of them when a payment is captured. */
export type SharedInput = Pick<TermsInput, 'application_fee_amount' | 'transfer_data'>

/** What a request names: its parameters may stand inside another. */
export interface Named {
  readonly within?: string
}

const paramIn = ({ within }: Named, name: string): string => {
  if (within === undefined) return name
  const [head = '', ...rest] = name.split('[')
  return [`${within}[${head}]`, ...rest].join('[')
}

const reachable = (world: World, id: string): ConnectedAccount | undefined =>
  isPlatform(world) ? world.store.get('account', id) : undefined

/** A connected account that may be sent money. */
export const checkDestination = (world: World, id: string, named: Named & { readonly param?: string } = {}): World => {
  const param = named.param ?? paramIn(named, 'transfer_data[destination]')
  const account = reachable(world, id)
  const destination = world.accounts.connected(id)
  if (!account || !destination) throw noSuch('destination', id, { param })
  if (isAble(account, 'transfers')) return destination
  throw invalidRequest(
    'Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments',
    { code: 'insufficient_capabilities_for_transfer', param },
  )
}

/** A connected account in whose name somebody may be charged. */
export const checkMerchant = (world: World, id: string | null, named: Named = {}): void => {
  if (id === null) return
  const param = paramIn(named, 'on_behalf_of')
  const account = reachable(world, id)
  if (!account || account.deleted === true) throw noSuch('on_behalf_of', id, { param })
  if (isAble(account, 'card_payments')) return
  throw invalidRequest(
    "The account referenced in the 'on_behalf_of' parameter is missing the required capabilities: card_payments. The account needs to add the capabilities and complete the onboarding requirements.",
    { param },
  )
}

/** Whether the account takes payments: one that is not onboarded, or owes an answer, does not. */
export const takesPayments = (world: World): boolean =>
  isPlatform(world) || world.accounts.platform.store.get('account', world.account)?.charges_enabled !== false

export const refuseDisabled = (world: World): void => {
  if (takesPayments(world)) return
  throw invalidRequest(
    `The account ${world.account} is missing the required capabilities: card_payments. The account needs to add the capabilities and complete the onboarding requirements.`,
  )
}

const checkFee = (world: World, { application_fee_amount: fee, transfer_data }: ConnectTerms, named: Named): void => {
  if (fee === null) return
  const param = paramIn(named, 'application_fee_amount')
  if (fee < 0) {
    throw invalidRequest('This value must be greater than or equal to 0.', {
      code: 'parameter_invalid_integer',
      param,
    })
  }
  if (isPlatform(world) && transfer_data === null) {
    throw invalidRequest(
      'Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using an OAuth key or Stripe-Account header) or destination payment (using `transfer_data[destination]`).',
      { param },
    )
  }
  if (typeof transfer_data?.amount !== 'number') return
  throw invalidRequest('You may only specify one of these parameters: application_fee_amount, transfer_data[amount].', {
    param,
  })
}

export interface Shared extends Named {
  readonly terms: ConnectTerms
  readonly amount: number
}

/** Refuses what Stripe would not share in this way. */
export const checkTerms = (world: World, { terms, amount, ...named }: Shared): void => {
  const { transfer_data, on_behalf_of } = terms
  if (transfer_data) checkDestination(world, transfer_data.destination, named)
  checkMerchant(world, on_behalf_of, named)
  checkFee(world, terms, named)
  const sent = transfer_data?.amount ?? 0
  if (sent >= 0 && sent <= amount) return
  throw invalidRequest('The transfer_data[amount] must be between 0 and the amount of the payment.', {
    param: paramIn(named, 'transfer_data[amount]'),
  })
}

export const noTerms: ConnectTerms = {
  application_fee_amount: null,
  on_behalf_of: null,
  transfer_data: null,
  transfer_group: null,
}

const transferOf = (
  old: ConnectTerms['transfer_data'],
  given: TermsInput['transfer_data'],
): ConnectTerms['transfer_data'] => {
  const destination = given?.destination ?? old?.destination
  if (given === undefined) return old
  if (destination === undefined) {
    throw invalidRequest(
      'This PaymentIntent has no destination: transfer_data[destination] is set when it is created.',
      {
        param: 'transfer_data[amount]',
      },
    )
  }
  return { ...old, ...given, destination }
}

/** The parameters that share a payment. */
export const termsParams = [
  'application_fee_amount',
  'on_behalf_of',
  'transfer_data.amount',
  'transfer_data.destination',
  'transfer_group',
] as const

const changedTerms = (old: ConnectTerms, input: TermsInput): ConnectTerms => ({
  application_fee_amount:
    input.application_fee_amount === '' ? null : (input.application_fee_amount ?? old.application_fee_amount),
  on_behalf_of: input.on_behalf_of === undefined ? old.on_behalf_of : input.on_behalf_of || null,
  transfer_data: transferOf(old.transfer_data, input.transfer_data),
  transfer_group: input.transfer_group === undefined ? old.transfer_group : input.transfer_group || null,
})

export interface TermsChange {
  readonly old?: ConnectTerms
  readonly input: TermsInput & { readonly amount?: number }
  readonly amount: number
}

const touching = ['amount', 'application_fee_amount', 'on_behalf_of', 'transfer_data'] as const

/** Terms with what a request changes of them, unless Stripe would refuse them. */
export const termsOf = (world: World, { old = noTerms, input, amount }: TermsChange): ConnectTerms => {
  const terms = changedTerms(old, input)
  if (touching.some((name) => input[name] !== undefined)) checkTerms(world, { terms, amount })
  return terms
}

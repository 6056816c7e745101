import type { CapabilityStatus, ConnectedAccount, Requirements } from './objects/connect.ts'

export type AccountType = ConnectedAccount['type']

export interface Controller {
  readonly fees?: { readonly payer?: string }
  readonly losses?: { readonly payments?: string }
  readonly requirement_collection?: string
  readonly stripe_dashboard?: { readonly type?: string }
}

const presets: Readonly<Record<Exclude<AccountType, 'none'>, Required<Controller>>> = {
  standard: {
    fees: { payer: 'account' },
    losses: { payments: 'stripe' },
    requirement_collection: 'stripe',
    stripe_dashboard: { type: 'full' },
  },
  express: {
    fees: { payer: 'application_express' },
    losses: { payments: 'application' },
    requirement_collection: 'stripe',
    stripe_dashboard: { type: 'express' },
  },
  custom: {
    fees: { payer: 'application_custom' },
    losses: { payments: 'application' },
    requirement_collection: 'application',
    stripe_dashboard: { type: 'none' },
  },
}

/** Who answers for what, by the account's type or as the platform chose. */
export const controllerOf = (type: AccountType, given: Controller = {}) => ({
  ...presets[type === 'none' ? 'standard' : type],
  ...given,
  is_controller: true,
  type: 'application',
})

/** What a new account has to tell first. */
const asked = [
  'business_profile.url',
  'business_type',
  'external_account',
  'tos_acceptance.date',
  'tos_acceptance.ip',
] as const

type Facts = Readonly<Record<string, unknown>>

const valueAt = (account: Facts, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Facts | null | undefined)?.[name], account)

const dueOf = (account: ConnectedAccount): string[] => [
  ...(account.$onboarded ? [] : asked.filter((path) => !valueAt(account, path))),
  ...account.$demanded,
]

const requirementsOf = (due: readonly string[]): Requirements => ({
  alternatives: [],
  current_deadline: null,
  currently_due: due,
  disabled_reason: due.length === 0 ? null : 'requirements.past_due',
  errors: [],
  eventually_due: due,
  past_due: due,
  pending_verification: [],
})

/** An account with what follows from what Stripe knows of it: what it still has to tell, and what it may do. */
export const assessed = (account: ConnectedAccount): ConnectedAccount => {
  const due = dueOf(account)
  const status: CapabilityStatus = due.length === 0 ? 'active' : 'inactive'
  const enabled = due.length === 0
  return {
    ...account,
    capabilities: Object.fromEntries(account.$requested.map((name) => [name, status])),
    charges_enabled: enabled && account.$requested.includes('card_payments'),
    details_submitted: account.$onboarded,
    payouts_enabled: enabled,
    requirements: requirementsOf(due),
  }
}

export const nothingRequired = requirementsOf([])

export const isAble = (account: ConnectedAccount, capability: string): boolean =>
  account.capabilities[capability] === 'active'

/** An account's settings, as Stripe begins them. */
export const settingsOf = (name: string | null) => ({
  branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
  card_payments: {
    statement_descriptor_prefix: null,
    statement_descriptor_prefix_kana: null,
    statement_descriptor_prefix_kanji: null,
  },
  dashboard: { display_name: name, timezone: 'Etc/UTC' },
  payments: {
    statement_descriptor: null,
    statement_descriptor_kana: null,
    statement_descriptor_kanji: null,
    statement_descriptor_prefix_kana: null,
    statement_descriptor_prefix_kanji: null,
  },
})

/** An account's business, of which nothing is known yet. */
export const emptyProfile = {
  mcc: null,
  minority_owned_business_designation: null,
  name: null,
  specified_commercial_transactions_act_url: null,
  support_address: null,
  support_email: null,
  support_phone: null,
  support_url: null,
  url: null,
}

import type { Contact, PostalAddress } from './objects/checkout-parts.ts'

const parts = ['city', 'country', 'line1', 'line2', 'postal_code', 'state'] as const

type GivenAddress = Readonly<Partial<Record<(typeof parts)[number], string | null>>>

/** An address with every field that Stripe shows; what is empty is null. */
export const wholeAddress = (given: GivenAddress): PostalAddress =>
  Object.fromEntries(parts.map((part) => [part, given[part] || null])) as unknown as PostalAddress

export interface GivenContact {
  readonly name: string
  readonly address: GivenAddress
}

export const contactOf = ({ name, address }: GivenContact): Contact => ({ name, address: wholeAddress(address) })

import type { StripeAddressElement, StripeCheckoutContact, StripeError } from '@stripe/stripe-js'
import { asksPostalCode } from '../card/validate.ts'
import { applyAppearance } from './appearance.ts'
import { createCountryField } from './country-field.ts'
import { make } from './dom.ts'
import { createEmitter } from './emitter.ts'
import { createField, type Field } from './field.ts'
import type { Surroundings } from './form-host.ts'
import { messagesFor } from './language.ts'
import { createElement, reportFocus } from './shell.ts'

export type AddressMode = 'billing' | 'shipping'

export interface AddressElementInput {
  readonly mode: AddressMode
  readonly options: object
  readonly surroundings: () => Surroundings
  readonly load: () => Promise<StripeError | undefined>
  readonly known: () => StripeCheckoutContact | null
  /** Hears a whole address, when the focus leaves the form. */
  readonly onTold: (contact: StripeCheckoutContact) => void
  readonly onDestroy: () => void
}

export interface AddressParts {
  readonly element: StripeAddressElement
  follow(): void
}

const elementType = 'address'

type Part = 'name' | 'line1' | 'line2' | 'city' | 'state' | 'postal_code'

const autocompletes: Readonly<Record<Part, string>> = {
  name: 'name',
  line1: 'address-line1',
  line2: 'address-line2',
  city: 'address-level2',
  state: 'address-level1',
  postal_code: 'postal-code',
}

const createForm = (mode: AddressMode, locale: string | undefined) => {
  const messages = messagesFor(locale)
  const words = { ...messages.contact, postal_code: messages.postal.other }
  const fieldOf = (part: Part): Field =>
    createField({ label: words[part], autocomplete: `${mode} ${autocompletes[part]}` })
  const fields: Readonly<Record<Part, Field>> = {
    name: fieldOf('name'),
    line1: fieldOf('line1'),
    line2: fieldOf('line2'),
    city: fieldOf('city'),
    state: fieldOf('state'),
    postal_code: fieldOf('postal_code'),
  }
  const country = createCountryField(messages.country, locale)
  const { name, line1, line2, city, state, postal_code } = fields
  const pair = make('div', { class: 'sim-row' }, postal_code.root, city.root)
  const root = make('div', { class: 'sim-payment' }, name.root, country.root, line1.root, line2.root, pair, state.root)
  const typed = (part: Part): string => fields[part].input.value.trim()
  const needed = (): Part[] => [
    'name',
    'line1',
    'city',
    ...(asksPostalCode(country.select.value) ? (['postal_code'] as const) : []),
  ]
  return {
    root,
    value: () => ({
      name: typed('name'),
      address: {
        line1: typed('line1'),
        line2: typed('line2') || null,
        city: typed('city'),
        state: typed('state'),
        postal_code: typed('postal_code'),
        country: country.select.value,
      },
    }),
    lacks: () => needed().filter((part) => typed(part) === ''),
    showLack: (isComplete: boolean) => {
      const lacking = isComplete ? [] : needed().filter((part) => typed(part) === '')
      for (const part of Object.keys(fields) as Part[]) {
        fields[part].showProblem(lacking.includes(part) ? messages.contact.missing : undefined)
      }
    },
    write: ({ name: who, address }: StripeCheckoutContact) => {
      fields.name.write(who ?? '')
      for (const part of ['line1', 'line2', 'city', 'state', 'postal_code'] as const)
        fields[part].write(address[part] ?? '')
      country.select.value = address.country
    },
  }
}

type AddressForm = ReturnType<typeof createForm>

/** An Address Element: somebody and where they are, in the page itself. */
export const createAddressElement = (input: AddressElementInput): AddressParts => {
  const { mode, surroundings, known, load, onDestroy, onTold } = input
  const emitter = createEmitter()
  let form: AddressForm | undefined

  const state = (drawn: AddressForm) => ({
    complete: drawn.lacks().length === 0,
    isNewAddress: true,
    value: drawn.value(),
  })
  const tell = (drawn: AddressForm): void => {
    const { value } = state(drawn)
    const empty = `${value.name}${value.address.line1}${value.address.city}` === ''
    emitter.emit('change', { elementType, elementMode: mode, empty, ...state(drawn) })
  }
  const settle = (drawn: AddressForm): void => {
    const { complete, value } = state(drawn)
    if (complete && JSON.stringify(value) !== JSON.stringify(known())) onTold(value)
  }
  const dress = (): void => {
    if (form) applyAppearance(form.root, surroundings().appearance)
  }
  const show = (node: HTMLElement): void => {
    const drawn = createForm(mode, surroundings().locale)
    const before = known()
    if (before) drawn.write(before)
    drawn.root.addEventListener('input', () => tell(drawn))
    drawn.root.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && drawn.root.contains(relatedTarget))) settle(drawn)
    })
    reportFocus(drawn.root, elementType, emitter.emit)
    node.replaceChildren(drawn.root)
    form = drawn
    dress()
  }
  const element = createElement<StripeAddressElement>(
    {
      ...{ elementType, emitter, load, onDestroy, show },
      hide: () => {
        form?.root.remove()
        form = undefined
      },
      onReady: () => emitter.emit('ready', { elementType }),
    },
    (self) => ({
      update: self,
      focus: () => form?.root.querySelector('input')?.focus(),
      blur: () => form?.root.querySelector<HTMLElement>(':focus')?.blur(),
      clear: () => form?.write({ name: '', address: { country: form.value().address.country } }),
      getValue: async () => {
        form?.showLack(false)
        return form ? state(form) : { complete: false, isNewAddress: true, value: { name: '', address: {} } }
      },
    }),
  )
  return { element, follow: dress }
}

import type { Appearance, StripePaymentElementOptions } from '@stripe/stripe-js'
import type { CardValues } from '../card/validate.ts'
import { applyAppearance } from './appearance.ts'
import { asksCountry, changeOf, defaultsOf } from './card-change.ts'
import { type CardForm, createCardForm } from './card-form.ts'
import type { Emitter } from './emitter.ts'
import { messagesFor } from './language.ts'

/** What an element takes from its group. */
export interface Surroundings {
  readonly appearance?: Appearance | undefined
  readonly locale?: string | undefined
}

export interface FormHostInput {
  readonly options: StripePaymentElementOptions
  readonly surroundings: () => Surroundings
  readonly emit: Emitter['emit']
}

export interface FormHost {
  form(): CardForm | undefined
  show(node: HTMLElement): void
  hide(): void
  /** Follows changed options; what was typed stays. */
  follow(changed?: Partial<StripePaymentElementOptions>): void
}

const reportFocus = (root: HTMLElement, emit: Emitter['emit']): void => {
  const crosses = ({ relatedTarget }: FocusEvent): boolean =>
    !(relatedTarget instanceof Node && root.contains(relatedTarget))
  const elementType = 'payment'
  root.addEventListener('focusin', (event) => crosses(event) && emit('focus', { elementType }))
  root.addEventListener('focusout', (event) => crosses(event) && emit('blur', { elementType }))
  root.addEventListener('keydown', ({ key }) => key === 'Escape' && emit('escape', { elementType }))
}

/** Draws the card form into a node, keeps it in step with its options, and tells of each change once. */
export const createFormHost = ({ surroundings, emit, ...input }: FormHostInput): FormHost => {
  let options = input.options
  let form: CardForm | undefined
  let drawnIn: string | undefined
  let told = ''

  const tellChange = (): void => {
    const event = form && changeOf(form.values())
    if (!event || JSON.stringify(event) === told) return
    told = JSON.stringify(event)
    emit('change', event)
  }
  const dress = (drawn: CardForm): void => {
    applyAppearance(drawn.root, surroundings().appearance)
    drawn.setReadOnly(options.readOnly ?? false)
  }
  const draw = (values: Partial<CardValues>): CardForm => {
    const { locale } = surroundings()
    const messages = messagesFor(locale)
    const drawn = createCardForm({ messages, locale, asksCountry: asksCountry(options), onInput: tellChange })
    drawnIn = locale
    drawn.write(values)
    reportFocus(drawn.root, emit)
    dress(drawn)
    return drawn
  }
  const redraw = (old: CardForm): void => {
    form = draw(old.values())
    old.root.replaceWith(form.root)
  }
  return {
    form: () => form,
    show: (node) => {
      form = undefined
      const drawn = draw(defaultsOf(options))
      told = JSON.stringify(changeOf(drawn.values()))
      node.replaceChildren(drawn.root)
      form = drawn
    },
    hide: () => {
      form?.root.remove()
      form = undefined
    },
    follow: (changed = {}) => {
      options = { ...options, ...changed }
      if (!form) return
      if ('fields' in changed || surroundings().locale !== drawnIn) redraw(form)
      else dress(form)
      form.write(defaultsOf(changed))
    },
  }
}

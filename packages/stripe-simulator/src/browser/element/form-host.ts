import type { Appearance, PaymentMethod, StripePaymentElementOptions } from '@stripe/stripe-js'
import type { CardValues } from '../card/validate.ts'
import { applyAppearance } from './appearance.ts'
import { asksCountry, changeOf, defaultsOf } from './card-change.ts'
import { type CardForm, createCardForm } from './card-form.ts'
import type { Emitter } from './emitter.ts'
import { messagesFor } from './language.ts'
import { wearRules } from './rules.ts'
import { reportFocus } from './shell.ts'

/** What an element takes from its group. */
export interface Surroundings {
  readonly appearance?: Appearance | undefined
  readonly locale?: string | undefined
  /** Cards that may be shown again. */
  readonly saved?: readonly PaymentMethod[] | undefined
  /** The buyer may have their card kept. */
  readonly offersSaving?: boolean | undefined
}

export interface FormHostInput {
  readonly options: StripePaymentElementOptions
  readonly surroundings: () => Surroundings
  readonly emit: Emitter['emit']
}

export interface FormHost {
  form(): CardForm | undefined
  /** Tells of the form as it is, even if nobody has touched it. */
  tell(): void
  show(node: HTMLElement): void
  hide(): void
  /** Follows changed options; what was typed stays. */
  follow(changed?: Partial<StripePaymentElementOptions>): void
}

/** Puts the group's looks on a form, and takes the rules of the last form off. */
const createDresser = (surroundings: FormHostInput['surroundings']) => {
  let takeRulesOff = (): void => undefined
  const undress = (): void => takeRulesOff()
  const dress = (drawn: CardForm): void => {
    const { appearance } = surroundings()
    applyAppearance(drawn.root, appearance)
    undress()
    takeRulesOff = wearRules(drawn.root, appearance?.rules)
  }
  return { dress, undress }
}

/** Draws the card form into a node, keeps it in step with its options, and tells of each change once. */
export const createFormHost = ({ surroundings, emit, ...input }: FormHostInput): FormHost => {
  let options = input.options
  let form: CardForm | undefined
  let drawnIn: string | undefined
  let told = ''
  const looks = createDresser(surroundings)

  const tellChange = (): void => {
    const event = form && changeOf(form)
    if (!event || JSON.stringify(event) === told) return
    told = JSON.stringify(event)
    emit('change', event)
  }
  const dress = (drawn: CardForm): void => {
    looks.dress(drawn)
    drawn.setReadOnly(options.readOnly ?? false)
  }
  const draw = (values: Partial<CardValues>): CardForm => {
    const { locale, saved = [], offersSaving = false } = surroundings()
    const looksOf = { messages: messagesFor(locale), locale, saved, offersSaving }
    const drawn = createCardForm({ ...looksOf, asksCountry: asksCountry(options), onInput: tellChange })
    drawnIn = locale
    drawn.write(values)
    reportFocus(drawn.root, 'payment', emit)
    dress(drawn)
    return drawn
  }
  const redraw = (old: CardForm): void => {
    form = draw(old.values())
    form.choose(old.chosen()?.id)
    old.root.replaceWith(form.root)
  }
  return {
    form: () => form,
    tell: () => {
      told = ''
      tellChange()
    },
    show: (node) => {
      form = undefined
      const drawn = draw(defaultsOf(options))
      told = JSON.stringify(changeOf(drawn))
      node.replaceChildren(drawn.root)
      form = drawn
    },
    hide: () => {
      form?.root.remove()
      looks.undress()
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

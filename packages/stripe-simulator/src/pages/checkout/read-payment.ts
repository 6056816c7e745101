import { decimalsOf, inUnits, maximumAmount, minimumAmount } from '../../domain/currency.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { CheckoutPayment, SimulatorCore } from '../../simulator-core.ts'
import type { Problems } from '../parts/card-fields.ts'
import type { FormInput } from '../parts/form-input.ts'
import { readMethod } from '../parts/method-fields.ts'
import { choiceOf, emailOf, offeredBy } from './checkout-words.ts'
import { readPlaceAndTaxId } from './place-fields.ts'
import { buyerProblems, readBuyer } from './read-buyer.ts'
import { chosenCard } from './saved-cards.ts'

const lacksEmail = (session: CheckoutSession, form: FormInput): boolean =>
  emailOf(session) === undefined && !/^[^@\s]+@[^@\s]+$/.test(form.text('email'))

type Paying = { readonly payment: CheckoutPayment } | { readonly problems: Problems }

/** What to pay with: a saved card, what was typed, or nothing where nothing is due. */
const readPaying = (core: SimulatorCore, session: CheckoutSession, form: FormInput): Paying => {
  if (!core.needsCard(session.id)) return { payment: {} }
  const saved = chosenCard(core, session.id, form)
  if (saved) return { payment: { paymentMethodId: saved.id } }
  const typed = readMethod(form, offeredBy(session))
  return 'problems' in typed ? typed : { payment: typed.method }
}

/** The chosen amount in the smallest unit; NaN when it is none. */
const readAmount = (text: string, currency: string): number =>
  /^\d+([.,]\d+)?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 10 ** decimalsOf(currency)) : Number.NaN

const amountProblem = (core: SimulatorCore, session: CheckoutSession, text: string): string | undefined => {
  const choice = choiceOf(core, session)
  if (!choice) return undefined
  const currency = session.currency ?? ''
  const [least, most] = [choice.minimum ?? minimumAmount(currency), choice.maximum ?? maximumAmount(currency)]
  const amount = readAmount(text, currency)
  if (amount >= least && amount <= most) return undefined
  return `Enter an amount between ${inUnits(least, currency)} and ${inUnits(most, currency)}.`
}

const chosenAmount = (
  core: SimulatorCore,
  session: CheckoutSession,
  form: FormInput,
): Pick<CheckoutPayment, 'amount'> =>
  choiceOf(core, session) ? { amount: readAmount(form.text('amount'), session.currency ?? '') } : {}

const who = (form: FormInput): Pick<CheckoutPayment, 'email' | 'name'> => {
  const [email, name] = [form.text('email'), form.text('name')]
  return { ...(email === '' ? {} : { email }), ...(name === '' ? {} : { name }) }
}

/** What is paid with, or what the form lacks for it. */
export const readPayment = (core: SimulatorCore, session: CheckoutSession, form: FormInput): Paying => {
  const method = readPaying(core, session, form)
  const place = readPlaceAndTaxId(session, form)
  const methodProblems = 'problems' in method ? [...method.problems] : []
  const problems = new Map<string, string>([...methodProblems, ...place.problems, ...buyerProblems(session, form)])
  if (lacksEmail(session, form)) problems.set('email', 'Enter an email address, such as name@example.com.')
  const wrong = amountProblem(core, session, form.text('amount'))
  if (wrong !== undefined) problems.set('amount', wrong)
  if ('problems' in method || problems.size > 0) return { problems }
  return {
    payment: {
      ...readBuyer(session, form),
      ...place.payment,
      ...chosenAmount(core, session, form),
      ...who(form),
      ...method.payment,
    },
  }
}

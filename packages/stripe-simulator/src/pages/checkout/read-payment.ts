import { decimalsOf, inUnits, maximumAmount, minimumAmount } from '../../domain/currency.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { CheckoutPayment, SimulatorCore } from '../../simulator-core.ts'
import { type Problems, readCard } from '../parts/card-fields.ts'
import type { FormInput } from '../parts/form-input.ts'
import { choiceOf, emailOf } from './checkout-words.ts'
import { buyerProblems, readBuyer } from './read-buyer.ts'
import { chosenCard } from './saved-cards.ts'

const lacksEmail = (session: CheckoutSession, form: FormInput): boolean =>
  emailOf(session) === undefined && !/^[^@\s]+@[^@\s]+$/.test(form.text('email'))

type Paying = { readonly payment: CheckoutPayment } | { readonly problems: Problems }

/** The card to pay with: a saved one, the one that was typed, or none where nothing is due. */
const readMethod = (core: SimulatorCore, session: CheckoutSession, form: FormInput): Paying => {
  if (!core.needsCard(session.id)) return { payment: {} }
  const saved = chosenCard(core, session.id, form)
  if (saved) return { payment: { paymentMethodId: saved.id } }
  const typed = readCard(form)
  return 'problems' in typed ? typed : { payment: { card: typed.card } }
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
  const method = readMethod(core, session, form)
  const cardProblems = 'problems' in method ? [...method.problems] : []
  const problems = new Map<string, string>([...cardProblems, ...buyerProblems(session, form)])
  if (lacksEmail(session, form)) problems.set('email', 'Enter an email address, such as name@example.com.')
  const wrong = amountProblem(core, session, form.text('amount'))
  if (wrong !== undefined) problems.set('amount', wrong)
  if ('problems' in method || problems.size > 0) return { problems }
  return {
    payment: {
      ...readBuyer(session, form),
      ...chosenAmount(core, session, form),
      ...who(form),
      ...method.payment,
    },
  }
}

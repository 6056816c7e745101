import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { CheckoutPayment, SimulatorCore } from '../../simulator-core.ts'
import { type Problems, readCard } from '../parts/card-fields.ts'
import type { FormInput } from '../parts/form-input.ts'
import { emailOf } from './checkout-words.ts'
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

/** What is paid with, or what the form lacks for it. */
export const readPayment = (core: SimulatorCore, session: CheckoutSession, form: FormInput): Paying => {
  const method = readMethod(core, session, form)
  const cardProblems = 'problems' in method ? [...method.problems] : []
  const problems = new Map<string, string>([...cardProblems, ...buyerProblems(session, form)])
  if (lacksEmail(session, form)) problems.set('email', 'Enter an email address, such as name@example.com.')
  if ('problems' in method || problems.size > 0) return { problems }
  const [email, name] = [form.text('email'), form.text('name')]
  return {
    payment: {
      ...readBuyer(session, form),
      ...(email === '' ? {} : { email }),
      ...(name === '' ? {} : { name }),
      ...method.payment,
    },
  }
}

import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { CheckoutPayment, SimulatorCore } from '../../simulator-core.ts'
import type { Problems } from '../parts/card-fields.ts'
import type { FormInput } from '../parts/form-input.ts'
import { readMethod } from '../parts/method-fields.ts'
import { emailOf, offeredBy } from './checkout-words.ts'
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

/** What is paid with, or what the form lacks for it. */
export const readPayment = (core: SimulatorCore, session: CheckoutSession, form: FormInput): Paying => {
  const method = readPaying(core, session, form)
  const place = readPlaceAndTaxId(session, form)
  const methodProblems = 'problems' in method ? [...method.problems] : []
  const problems = new Map<string, string>([...methodProblems, ...place.problems, ...buyerProblems(session, form)])
  if (lacksEmail(session, form)) problems.set('email', 'Enter an email address, such as name@example.com.')
  if ('problems' in method || problems.size > 0) return { problems }
  const [email, name] = [form.text('email'), form.text('name')]
  return {
    payment: {
      ...readBuyer(session, form),
      ...place.payment,
      ...(email === '' ? {} : { email }),
      ...(name === '' ? {} : { name }),
      ...method.payment,
    },
  }
}

import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { CheckoutPayment, SimulatorCore } from '../../simulator-core.ts'
import type { Problems } from '../parts/card-fields.ts'
import type { FormInput } from '../parts/form-input.ts'
import { readMethod } from '../parts/method-fields.ts'
import { readBuyer } from './buyer-fields.ts'
import { emailOf, offeredBy } from './checkout-words.ts'

const lacksEmail = (session: CheckoutSession, form: FormInput): boolean =>
  emailOf(session) === undefined && !/^[^@\s]+@[^@\s]+$/.test(form.text('email'))

const filled = (form: FormInput): Pick<CheckoutPayment, 'email' | 'name'> => {
  const [email, name] = [form.text('email'), form.text('name')]
  return { ...(email === '' ? {} : { email }), ...(name === '' ? {} : { name }) }
}

/** What is paid with, or what the form lacks for it. */
export const readPayment = (
  core: SimulatorCore,
  session: CheckoutSession,
  form: FormInput,
): { readonly payment: CheckoutPayment } | { readonly problems: Problems } => {
  const needsMethod = core.needsCard(session.id)
  const typed = needsMethod ? readMethod(form, offeredBy(session)) : { method: {} }
  const buyer = readBuyer(session, form)
  const problems = new Map<string, string>('problems' in typed ? typed.problems : [])
  for (const [name, problem] of buyer.problems) problems.set(name, problem)
  if (lacksEmail(session, form)) problems.set('email', 'Enter an email address, such as name@example.com.')
  if (problems.size > 0 || 'problems' in typed) return { problems }
  return { payment: { ...filled(form), ...buyer.payment, ...typed.method } }
}

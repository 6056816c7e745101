import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { CheckoutPayment, SimulatorCore } from '../../simulator-core.ts'
import { type Problems, readCard } from '../parts/card-fields.ts'
import type { FormInput } from '../parts/form-input.ts'
import { emailOf } from './checkout-words.ts'

const lacksEmail = (session: CheckoutSession, form: FormInput): boolean =>
  emailOf(session) === undefined && !/^[^@\s]+@[^@\s]+$/.test(form.text('email'))

/** What is paid with, or what the form lacks for it. */
export const readPayment = (
  core: SimulatorCore,
  session: CheckoutSession,
  form: FormInput,
): { readonly payment: CheckoutPayment } | { readonly problems: Problems } => {
  const typed = core.needsCard(session.id) ? readCard(form) : undefined
  const problems = new Map<string, string>(typed && 'problems' in typed ? typed.problems : [])
  if (lacksEmail(session, form)) problems.set('email', 'Enter an email address, such as name@example.com.')
  if (problems.size > 0) return { problems }
  const [email, name] = [form.text('email'), form.text('name')]
  return {
    payment: {
      ...(email === '' ? {} : { email }),
      ...(name === '' ? {} : { name }),
      ...(typed && 'card' in typed ? { card: typed.card } : {}),
    },
  }
}

import { Router } from 'express'
import { StripeFailure } from '../../domain/failure.ts'
import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, html } from '../html.ts'
import type { Problems } from '../parts/card-fields.ts'
import { field } from '../parts/field.ts'
import { type FormInput, formInput, pathText } from '../parts/form-input.ts'
import { page } from '../parts/layout.ts'
import { notFound, type PageContext, type Reply, replying } from '../parts/reply.ts'

const title = 'Verify your bank account'

const hints: Content = html`<details class="test-cards"><summary>What to enter</summary><ul>
<li><span>The account is verified</span> <code>SM11AA</code></li>
<li><span>Too many attempts</span> <code>SM33CC</code></li>
<li><span>Too late</span> <code>SM44DD</code></li></ul></details>`

const askPage = (id: string, form: FormInput, problems: Problems): string =>
  page({
    title,
    body: html`<section class="panel"><h1>${title}</h1>
<p>A deposit of $0.01 has arrived on your account. Its description on the statement has a code of six characters that starts with SM.</p>
<form method="post" action="/_simulator/microdeposits/${id}" novalidate data-once>${hints}
${field({ form, problems, name: 'code', label: 'Code of the deposit', autocomplete: 'off', placeholder: 'SM11AA' })}
<button class="primary">Verify</button></form></section>`,
  })

const donePage = (trouble: string | undefined): string =>
  page({
    title: trouble === undefined ? 'Verified' : 'Not verified',
    body: html`<section class="panel"><h1>${trouble === undefined ? 'Verified' : 'Not verified'}</h1>
<p>${trouble ?? 'The account is yours.'} You can close this page.</p></section>`,
  })

const find = (core: SimulatorCore, id: string): PaymentIntent | SetupIntent | undefined => {
  const intent = core.find('payment_intent', id) ?? core.find('setup_intent', id)
  const asks = intent?.status === 'requires_action' && intent.next_action?.type === 'verify_with_microdeposits'
  return asks ? intent : undefined
}

const answer = (core: SimulatorCore, id: string, form: FormInput): Reply => {
  try {
    const { error } = core.verifyMicrodeposits(id, { descriptor_code: form.text('code') })
    return { page: donePage(error?.message) }
  } catch (cause) {
    if (!(cause instanceof StripeFailure)) throw cause
    return { status: 422, page: askPage(id, form, new Map([['code', cause.error.message]])) }
  }
}

/** Where the owner of a bank account says what small deposit arrived on it. */
export const microdepositRoutes = ({ core }: PageContext): Router =>
  Router({ mergeParams: true })
    .get(
      '/',
      replying((request) => {
        const intent = find(core, pathText(request, 'intentId'))
        return intent ? { page: askPage(intent.id, formInput({}), new Map()) } : notFound('bank account to verify')
      }),
    )
    .post(
      '/',
      replying((request) => {
        const intent = find(core, pathText(request, 'intentId'))
        return intent ? answer(core, intent.id, formInput(request.body)) : notFound('bank account to verify')
      }),
    )

import { type RequestHandler, Router } from 'express'
import { StripeFailure } from '../../domain/failure.ts'
import { type FormInput, formInput } from '../parts/form-input.ts'
import type { Notice } from '../parts/notices.ts'
import type { PageContext } from '../parts/reply.ts'
import { createAdminClient } from './admin-client.ts'
import { deskPage } from './desk-page.ts'

const home = '/_simulator'

export const deskHome = ({ core, notices }: PageContext): RequestHandler => {
  const admin = createAdminClient(() => core.url())
  return async (_request, response) => {
    const [state, deliveries] = await Promise.all([admin.state(), admin.deliveries()])
    response.send(deskPage(core, { state, deliveries, notice: notices.take(home) }))
  }
}

const steps: Readonly<Record<string, string>> = { hours: 'an hour', days: 'a day', months: 'a month' }

const trouble = (cause: unknown): Notice => {
  if (cause instanceof StripeFailure) return { trouble: cause.error.message }
  throw cause
}

type Pull = (form: FormInput) => Promise<string> | string

const saying = async (pull: Pull, form: FormInput): Promise<Notice> => {
  try {
    return { good: await pull(form) }
  } catch (cause) {
    return trouble(cause)
  }
}

const leverFor =
  ({ notices }: PageContext) =>
  (pull: Pull): RequestHandler =>
  async (request, response) => {
    notices.leave(home, await saying(pull, formInput(request.body)))
    response.redirect(303, home)
  }

/** What banks and cardholders do. */
const bankRoutes = (context: PageContext): Router => {
  const { core } = context
  const lever = leverFor(context)
  return Router()
    .post(
      '/settle',
      lever((form) => {
        const succeeds = form.text('outcome') === 'succeed'
        core.settlePayment(form.text('intent'), succeeds ? 'succeed' : 'fail')
        return succeeds ? 'The debit has arrived.' : 'The debit has come back.'
      }),
    )
    .post(
      '/dispute',
      lever((form) => {
        core.raiseDispute(form.text('charge'))
        return 'The charge is disputed.'
      }),
    )
    .post(
      '/decide',
      lever((form) => {
        const outcome = form.text('outcome') === 'won' ? 'won' : 'lost'
        core.decideDispute(form.text('dispute'), outcome)
        return `The dispute is ${outcome}.`
      }),
    )
}

/** Declines whose code is their own, rather than `card_declined` with a reason. */
const ownCodes = ['expired_card', 'incorrect_cvc', 'processing_error']

const declineOf = (reason: string): object => {
  if (reason === '') return {}
  return ownCodes.includes(reason) ? { code: reason } : { declineCode: reason }
}

/** The levers of the desk: each pulls one of the simulator's steering API, and comes back. */
export const deskRoutes = (context: PageContext): Router => {
  const admin = createAdminClient(() => context.core.url())
  const lever = leverFor(context)
  return Router()
    .use(bankRoutes(context))
    .post(
      '/clock',
      lever(async (form) => {
        const by = form.text('by') in steps ? form.text('by') : 'hours'
        await admin.post('/clock', { [by]: 1 })
        return `It is ${steps[by]} later. Whatever was due has happened.`
      }),
    )
    .post(
      '/webhooks',
      lever(async (form) => {
        const paused = form.text('paused') === 'true'
        await admin.post('/webhooks', { paused })
        return paused ? 'Webhooks are paused.' : 'Webhooks are delivered again.'
      }),
    )
    .post(
      '/decline',
      lever(async (form) => {
        await admin.post('/next-decline', declineOf(form.text('reason')))
        return 'The next charge will be declined.'
      }),
    )
    .post(
      '/failure',
      lever(async (form) => {
        await admin.post('/next-failure', { code: form.text('code') || 'server_error' })
        return 'The next request of your app will fail.'
      }),
    )
    .post(
      '/travel',
      lever(async (form) => {
        const { webhooks } = await admin.state()
        const order = form.text('order') === 'shuffled' ? 'shuffled' : 'inOrder'
        const [duplicates, delayMs] = [Number(form.text('duplicates')), Number(form.text('delayMs'))]
        await admin.post('/webhooks', { paused: webhooks.paused, order, duplicates, delayMs })
        return 'From here on webhooks travel so.'
      }),
    )
    .post(
      '/redeliver',
      lever(async (form) => {
        await admin.post(`/events/${encodeURIComponent(form.text('event'))}/redeliver`, {})
        return 'The event was delivered again.'
      }),
    )
}

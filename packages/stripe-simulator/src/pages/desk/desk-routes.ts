import { type RequestHandler, Router } from 'express'
import { type FormInput, formInput } from '../parts/form-input.ts'
import type { Notice } from '../parts/notices.ts'
import type { PageContext } from '../parts/reply.ts'
import { createAdminClient } from './admin-client.ts'
import { deskPage } from './desk-page.ts'

const home = '/_simulator'

export const deskHome = ({ core, notices }: PageContext): RequestHandler => {
  const admin = createAdminClient(() => core.url())
  return async (_request, response) => {
    const [webhooks, deliveries] = await Promise.all([admin.webhooks(), admin.deliveries()])
    response.send(deskPage(core, { webhooks, deliveries, notice: notices.take(home) }))
  }
}

const steps: Readonly<Record<string, string>> = { hours: 'an hour', days: 'a day', months: 'a month' }

/** The levers of the desk: each pulls one of the simulator's steering API, and comes back. */
export const deskRoutes = ({ core, notices }: PageContext): Router => {
  const admin = createAdminClient(() => core.url())
  const lever =
    (pull: (form: FormInput) => Promise<string>): RequestHandler =>
    async (request, response) => {
      const notice: Notice = { good: await pull(formInput(request.body)) }
      notices.leave(home, notice)
      response.redirect(303, home)
    }
  return Router()
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
      lever(async () => {
        await admin.post('/next-decline', {})
        return 'The next charge will be declined.'
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

import { type RequestHandler, Router } from 'express'
import { html } from '../html.ts'
import { field } from '../parts/field.ts'
import { type FormInput, formInput, pathText } from '../parts/form-input.ts'
import { page } from '../parts/layout.ts'
import { notFound, type PageContext, type Reply, replying } from '../parts/reply.ts'

interface LoginView {
  readonly path: string
  readonly form: FormInput
  readonly problems: ReadonlyMap<string, string>
}

const loginPage = ({ path, form, problems }: LoginView): string =>
  page({
    title: 'Manage your billing',
    body: html`<section class="panel"><h1>Manage your billing</h1>
<p>Enter the email address that you subscribed with. Stripe sends a link to it; the simulator follows it at once.</p>
<form method="post" action="${path}" novalidate data-once>
${field({ form, problems, name: 'email', label: 'Email', autocomplete: 'email', type: 'email' })}
<button class="primary">Send link</button></form></section>`,
  })

const logIn = ({ core }: PageContext, id: string, view: LoginView): Reply => {
  const session = core.portalLogin(id, view.form.text('email'))
  if (session) return { goTo: session.url }
  const problems = new Map([['email', 'Nobody has subscribed with this address.']])
  return { status: 422, page: loginPage({ ...view, problems }) }
}

/** The page whose address an app can give to everybody: `login_page.url` of a portal configuration. */
export const portalLoginRoutes = (context: PageContext): Router => {
  const open = (then: (id: string, view: LoginView) => Reply): RequestHandler =>
    replying((request) => {
      const id = pathText(request, 'configurationId')
      const configuration = context.core.find('billing_portal.configuration', id)
      if (configuration?.login_page.enabled !== true) return notFound('login page')
      const view = { path: `/_simulator/portal-login/${id}`, form: formInput(request.body ?? {}), problems: new Map() }
      return then(id, view)
    })
  return Router({ mergeParams: true })
    .get(
      '/',
      open((_id, view) => ({ page: loginPage(view) })),
    )
    .post(
      '/',
      open((id, view) => logIn(context, id, view)),
    )
}

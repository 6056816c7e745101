import { Router } from 'express'
import { html } from '../html.ts'
import { formInput, pathText } from '../parts/form-input.ts'
import { page } from '../parts/layout.ts'
import { notFound, type PageContext, replying } from '../parts/reply.ts'

const title = 'Tell Stripe about your business'

const onboardingPage = (linkId: string, due: readonly string[]): string =>
  page({
    title,
    body: html`<section class="panel"><h1>${title}</h1>
<p>Stripe would ask for all of this. Here it is enough to say that you have told it.</p>
<ul>${due.map((requirement) => html`<li><code>${requirement}</code></li>`)}</ul>
<form method="post" action="/_simulator/onboarding/${linkId}" class="choices" data-once>
<button class="second" name="told" value="no">Leave</button>
<button class="primary" name="told" value="yes">Submit everything</button>
</form></section>`,
  })

/** Where an account link leads: whoever a connected account belongs to tells Stripe about it. */
export const onboardingRoutes = ({ core }: PageContext): Router => {
  const ask = replying((request) => {
    const id = pathText(request, 'linkId')
    const onboarding = core.visitOnboarding(id)
    if (!onboarding) return notFound('account link')
    if (onboarding.status === 'spent') return { goTo: onboarding.refreshUrl }
    return { page: onboardingPage(id, onboarding.due) }
  })
  const answer = replying((request) => {
    const told = formInput(request.body).text('told') === 'yes'
    return { goTo: core.leaveOnboarding(pathText(request, 'linkId'), told).redirectUrl }
  })
  return Router({ mergeParams: true }).get('/', ask).post('/', answer)
}

import { Router } from 'express'
import { english } from '../../browser/element/messages.ts'
import type { Challenge, ChallengeOutcome } from '../../simulator-core.ts'
import { html } from '../html.ts'
import { money } from '../parts/display.ts'
import { formInput, pathText } from '../parts/form-input.ts'
import { page } from '../parts/layout.ts'
import { notFound, type PageContext, replying } from '../parts/reply.ts'

const challengePage = ({ intentId, kind, amount, currency, isFramed = false }: Challenge): string => {
  const title = kind === 'payment_intent' ? 'Confirm this payment with your bank' : 'Confirm this card with your bank'
  const sum = amount !== undefined && currency !== undefined && html`<p class="headline">${money(amount, currency)}</p>`
  return page({
    title,
    isFramed,
    body: html`<section class="panel"><h1>${title}</h1>${sum}
<p>${english.challenge.body}</p>
<form method="post" action="/_simulator/challenge/${intentId}" class="choices" data-once>
<button class="second" name="outcome" value="fail">Fail</button>
<button class="primary" name="outcome" value="complete">Complete</button>
</form></section>`,
  })
}

const inWords = ({ code, message }: NonNullable<ChallengeOutcome['error']>): string =>
  code.endsWith('_authentication_failure') ? english.challenge.failed : message

const donePage = ({ error }: ChallengeOutcome): string =>
  page({
    title: error ? 'Not confirmed' : 'Confirmed',
    body: html`<section class="panel"><h1>${error ? 'Not confirmed' : 'Confirmed'}</h1>
<p>${error ? inWords(error) : 'Your bank knows that it is you.'} You can close this page.</p></section>`,
  })

/** The bank's question, on a page of its own: answered, it leads back to where the payment began. */
export const challengeRoutes = ({ core, notices }: PageContext): Router => {
  const ask = replying((request) => {
    const challenge = core.challenge(pathText(request, 'intentId'))
    return challenge
      ? { page: challengePage(challenge), isFramed: challenge.isFramed === true }
      : notFound('question from a bank')
  })
  const answer = replying((request) => {
    const given = formInput(request.body).text('outcome') === 'complete' ? 'complete' : 'fail'
    const outcome = core.completeChallenge(pathText(request, 'intentId'), given)
    const { redirectUrl, error } = outcome
    if (redirectUrl === undefined) return { page: donePage(outcome) }
    if (error) notices.leave(new URL(redirectUrl, core.url()).pathname, { trouble: inWords(error) })
    return { goTo: redirectUrl }
  })
  return Router({ mergeParams: true }).get('/', ask).post('/', answer)
}

import { Router } from 'express'
import type { Mandate } from '../../domain/objects/customer.ts'
import { html } from '../html.ts'
import { day, spoken } from '../parts/display.ts'
import { pathText } from '../parts/form-input.ts'
import { page } from '../parts/layout.ts'
import { notFound, type PageContext, replying } from '../parts/reply.ts'

const mandatePage = ({ id, customer_acceptance: { accepted_at: at, type }, status }: Mandate): string =>
  page({
    title: 'Mandate',
    body: html`<section class="panel"><h1>Mandate</h1>
<p>Whoever owns the account has agreed that it is debited${type === 'offline' ? ', on paper' : ', on a page'}.</p>
<dl class="facts"><div><dt>Reference</dt><dd>${id}</dd></div>
<div><dt>Since</dt><dd>${at === null ? 'unknown' : day(at)}</dd></div>
<div><dt>Status</dt><dd>${spoken(status)}</dd></div></dl></section>`,
  })

/** What the owner of an account agreed to. */
export const mandateRoutes = ({ core }: PageContext): Router =>
  Router({ mergeParams: true }).get(
    '/',
    replying((request) => {
      const mandate = core.find('mandate', pathText(request, 'mandateId'))
      return mandate ? { page: mandatePage(mandate) } : notFound('mandate')
    }),
  )

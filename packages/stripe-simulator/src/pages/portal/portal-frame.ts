import type { Subscription } from '../../domain/objects/subscription.ts'
import type { PortalView } from '../../portal-core.ts'
import { type Content, html } from '../html.ts'
import { page } from '../parts/layout.ts'
import { homePath, portalPath } from './portal-flow.ts'

/** One thing to do, and the way back. */
export const onPage = (view: PortalView, title: string, body: Content): string =>
  page({
    title,
    body: html`<p><a class="back" href="${homePath(view)}">Back to billing</a></p><section class="panel"><h1>${title}</h1>${body}</section>`,
  })

export const pathTo = (view: PortalView, { id }: Subscription): string => `${portalPath(view)}/subscriptions/${id}`

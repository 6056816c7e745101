import { html } from '../html.ts'
import { page } from './layout.ts'

/** A link that leads to nothing: most often, the simulator was started anew since. */
export const notFoundPage = (what: string): string =>
  page({
    title: 'Not here',
    body: html`<section class="panel"><h1>There is no such ${what}</h1>
<p>The link is wrong, or the simulator has been started or reset since it was made. Go back and start again.</p></section>`,
  })

/** A request that the simulator refused, in its own words. */
export const refusedPage = (message: string): string =>
  page({
    title: 'Refused',
    body: html`<section class="panel"><h1>That is not possible</h1><p role="alert">${message}</p></section>`,
  })

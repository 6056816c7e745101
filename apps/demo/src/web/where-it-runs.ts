/** What the server wrote into the page's head about itself. */
export type WhereItRuns = { simulatorUrl: string | null; forgets: boolean }

export const readWhereItRuns = (head: ParentNode = document.head): WhereItRuns => {
  const stripeJs = head.querySelector<HTMLScriptElement>('#simulated-stripe-js')
  return {
    simulatorUrl: stripeJs && new URL('/_simulator', stripeJs.src).href,
    forgets: head.querySelector('meta[name="store"][content="memory"]') !== null,
  }
}

import type { StatusQuery } from '@paywright/contract'
import { cleanAddress, type Landing, readLanding } from '../lib/landing.ts'

/** Remembers where the visitor came from, after the address has been cleaned. */
export type LandingStore = {
  read(): Landing
  /** What the first look at the status must name, so that it is right without waiting for a webhook. */
  statusQuery(): StatusQuery
  clean(): void
}

/** Reads the address when first asked, in the browser. */
export const createLandingStore = (): LandingStore => {
  let landing: Landing | null = null
  const read = (): Landing => {
    landing ??= readLanding(window.location.search)
    return landing
  }
  return {
    read,
    statusQuery: () => statusQueryOf(read()),
    clean: () => {
      if (read().kind === 'none') return
      window.history.replaceState(window.history.state, '', cleanAddress(window.location.href))
    },
  }
}

const statusQueryOf = (landing: Landing): StatusQuery => {
  if (landing.kind === 'checkout') return { sessionId: landing.sessionId }
  return landing.kind === 'portal' ? { portalReturn: landing.portalReturn } : {}
}

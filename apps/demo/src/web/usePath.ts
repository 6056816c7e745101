import { useSyncExternalStore } from 'react'

const subscribe = (listener: () => void) => {
  window.addEventListener('popstate', listener)
  return () => window.removeEventListener('popstate', listener)
}

/** The path that is shown; the page's whole router. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => window.location.pathname)

export const goTo = (path: string): void => {
  window.history.pushState(null, '', path)
  window.dispatchEvent(new PopStateEvent('popstate'))
  window.scrollTo(0, 0)
}

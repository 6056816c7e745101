import type { Page } from 'playwright-core'

/** Notes every plan that a page shows, from its first moment on; ask for them when it has come to rest. */
export const notePlansShown = async (page: Page): Promise<() => Promise<string[]>> => {
  await page.addInitScript(() => {
    const shown = new Set<string>()
    Object.assign(window, { plansShown: shown })
    new MutationObserver(() => {
      const plan = document.querySelector('.pw-subscription-plan')?.textContent
      if (plan) shown.add(plan)
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
  return () => page.evaluate(() => [...(Reflect.get(window, 'plansShown') as Set<string>)])
}

import type { Locator, Page } from 'playwright-core'

/** Somebody at the demo's page; the verbs wait until what they do is there to be done. */
export type Visitor = {
  page: Page
  /** How often a document was loaded, redirects of Stripe's pages included. */
  loads(): number
  signsIn(name: string): Promise<void>
  opens(path: string): Promise<void>
  follows(link: string | RegExp): Promise<void>
  presses(button: string | RegExp): Promise<void>
  sees(text: string | RegExp): Promise<void>
  doesNotSee(text: string | RegExp): Promise<void>
  asks(question: string): Promise<void>
  usesUp(questions: number): Promise<void>
  /** Another tab of the same browser. */
  opensTab(path: string): Promise<Visitor>
}

export const createVisitor = (page: Page, url: string): Visitor => {
  let loads = 0
  page.on('load', () => {
    loads += 1
  })
  const firstVisible = (locator: Locator) => locator.filter({ visible: true }).first()
  const sees = async (text: string | RegExp) => firstVisible(page.getByText(text)).waitFor()
  const presses = async (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
  const asks = async (question: string) => {
    await page.getByLabel('Your question').fill(question)
    await presses('Ask')
  }
  return {
    page,
    loads: () => loads,
    sees,
    presses,
    asks,
    opens: async (path) => void (await page.goto(`${url}${path}`)),
    follows: (link) => page.getByRole('link', { name: link, exact: true }).click(),
    signsIn: async (name) => {
      await page.goto(url)
      await page.getByLabel('Your name').fill(name)
      await presses('Sign in')
      await page.getByRole('heading', { name: 'Ask the agent' }).waitFor()
    },
    doesNotSee: (text) => page.getByText(text).first().waitFor({ state: 'hidden' }),
    usesUp: async (questions) => {
      for (let asked = 1; asked <= questions; asked += 1) {
        await asks(`What does it cost to paint a hull of ${asked}0 feet?`)
        await page
          .locator('.turn')
          .nth(asked - 1)
          .waitFor()
      }
      await sees('No uses left')
    },
    opensTab: async (path) => {
      const tab = createVisitor(await page.context().newPage(), url)
      await tab.opens(path)
      return tab
    },
  }
}

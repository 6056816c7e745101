import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import startMongod from '../../../../scripts/vitest-mongod.ts'
import { cards } from './demo/cards.ts'
import { choosesGrowth, payAtCheckout } from './demo/checkout.ts'
import { openDemo } from './demo/open-demo.ts'
import { fillCard } from './demo/payment-element.ts'
import type { Visitor } from './demo/visitor.ts'

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [320, 1280].map((width) => ({ colorScheme, viewport: { width, height: width === 320 ? 640 : 800 } })),
)

type Take = (page: string, visitor: Visitor) => Promise<void>

/** Everything that the demo can look like, in the order of its story. */
const walkThrough = async (ada: Visitor, take: Take): Promise<void> => {
  await ada.sees('3 uses left')
  await take('ask', ada)
  await ada.usesUp(3)
  await take('ask-empty', ada)
  await ada.asks('Who may work under a boat?')
  await ada.page.getByLabel('Card number').waitFor()
  await take('ask-refused', ada)
  await fillCard(ada, cards.declines)
  await ada.presses(/^Pay/)
  await ada.sees(/declined this card/)
  await take('ask-declined', ada)
  await fillCard(ada, cards.asksForProof)
  await ada.presses(/^Pay/)
  await ada.page.getByRole('button', { name: 'Complete' }).waitFor()
  await take('ask-proof', ada)
  await ada.presses('Complete')
  await ada.sees('20 uses added, 20 left')
  await take('ask-paid', ada)
  await ada.presses('Ask')
  await ada.sees('19 uses left')
  await take('ask-goes-on', ada)
  await ada.opens('/plans')
  await ada.sees('Growth')
  await take('plans', ada)
  await ada.opens('/account')
  await ada.sees(/Nothing will be billed/)
  await take('account', ada)
  await choosesGrowth(ada, 'Yearly')
  await take('stripe-checkout', ada)
  await payAtCheckout(ada, cards.pays, 'Subscribe')
  await ada.sees('You’re on Growth.')
  await take('account-subscribed', ada)
  await ada.opens('/plans')
  await ada.page.getByRole('radio', { name: 'Yearly' }).check()
  await ada.sees('Your plan')
  await take('plans-subscribed', ada)
  await ada.opens('/account')
  await ada.presses('Manage billing')
  await ada.sees('Your billing')
  await take('stripe-portal', ada)
  await ada.follows('Cancel Growth')
  await ada.presses('Cancel Growth')
  await ada.follows(/Return to the shop$/)
  await ada.sees('Ending')
  await take('account-ending', ada)
  await ada.follows('What the simulated Stripe saw')
  await take('stripe-desk', ada)
}

const folder = mkdtempSync(path.join(tmpdir(), 'demo-screenshots-'))
const stopMongod = await startMongod()
for (const look of looks) {
  await using demo = await openDemo()
  const take: Take = async (name, { page }) => {
    const file = `${name}-${look.colorScheme}-${look.viewport.width}.png`
    await page.screenshot({ path: path.join(folder, file), fullPage: true })
  }
  const stranger = await demo.stranger(look)
  await stranger.opens('/')
  await stranger.sees('Ask your documents')
  await take('sign-in', stranger)
  await walkThrough(await demo.visitor('Ada Lovelace', look), take)
}
await stopMongod?.()
process.stdout.write(`${folder}\n`)

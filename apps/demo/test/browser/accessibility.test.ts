import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { cards } from './demo/cards.ts'
import { choosesGrowth, payAtCheckout } from './demo/checkout.ts'
import { openDemo } from './demo/open-demo.ts'
import { fillCard } from './demo/payment-element.ts'
import type { Visitor } from './demo/visitor.ts'

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const expectAccessible = async ({ page }: Visitor): Promise<void> => {
  const axe = new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } }).withTags(wcag22aa)
  const { violations, passes } = await axe.analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(', ')}`)).toEqual([])
  expect(passes.map(({ id }) => id)).toContain('color-contrast')
  expect(await page.locator('h1').count()).toBe(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
}

test.each([
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 320, height: 640 } },
  { colorScheme: 'light', viewport: { width: 320, height: 640 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
] as const)('every page is accessible in $colorScheme at $viewport.width px', async (look) => {
  await using demo = await openDemo()
  const stranger = await demo.stranger(look)
  await stranger.opens('/')
  await stranger.sees('Ask your documents')
  await expectAccessible(stranger)

  const ada = await demo.visitor('Ada', look)
  await ada.sees('3 uses left')
  await expectAccessible(ada)
  await ada.usesUp(3)
  await ada.asks('One more?')
  await fillCard(ada, cards.declines)
  await expectAccessible(ada)
  await ada.presses('Pay $5.00')
  await ada.sees(/declined this card/)
  await expectAccessible(ada)

  await ada.opens('/plans')
  await ada.sees('Growth')
  await expectAccessible(ada)
  await ada.opens('/account')
  await ada.sees('No subscription. Nothing will be billed.')
  await expectAccessible(ada)
  await choosesGrowth(ada, 'Monthly')
  await payAtCheckout(ada, cards.pays, 'Subscribe')
  await ada.sees('You’re on Growth.')
  await expectAccessible(ada)
  await ada.opens('/nowhere')
  await ada.sees('There is no such page')
  await expectAccessible(ada)
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { freePort } from '../../../../scripts/lib/free-port.ts'
import { launchBrowser } from './demo/browser.ts'
import { cards } from './demo/cards.ts'
import { payAtCheckout } from './demo/checkout.ts'
import { createVisitor } from './demo/visitor.ts'
import { readSteps, type Step } from './tutorial/read-steps.ts'
import { openWorkshop, type Workshop } from './tutorial/workshop.ts'

const tutorial = readFileSync(new URL('../../../../docs/tutorial.md', import.meta.url), 'utf8')

/** What a reader has before their eyes, and what they copied. */
type Reader = { printed: string; keys: string }

test('the tutorial leads from an empty folder to a first sale, as it stands', async () => {
  const [app, stripe] = [await freePort(), await freePort()]
  const text = tutorial.replaceAll('3000', `${app}`).replaceAll('12111', `${stripe}`)
  await using workshop = openWorkshop()
  const steps = readSteps(text)
  expect(steps.length).toBeGreaterThan(15)

  const addresses = [`http://localhost:${stripe}`, `http://localhost:${app}`]
  const reader: Reader = { printed: '', keys: '' }
  for (const step of steps) {
    if (step.kind === 'running') reader.keys += keysIn(await workshop.leaveRunning(step.text, addresses.shift() ?? ''))
    else if (step.kind === 'answer') expect(JSON.parse(reader.printed)).toMatchObject(JSON.parse(step.text))
    else reader.printed = await follow(workshop, step, reader)
  }
})

const keysIn = (printed: string): string => (printed.match(/STRIPE_\w+=\S+\n/g) ?? []).join('')

/** Does what the step says; gives what was printed. */
const follow = async (workshop: Workshop, step: Step, { printed, keys }: Reader): Promise<string> => {
  if (step.kind === 'file')
    workshop.write(step.name, step.text.replace('# the three lines that the simulator printed', keys))
  if (step.kind === 'command') return workshop.run(step.text)
  if (step.kind !== 'afterPayment') return ''
  await payAt(JSON.parse(printed).url)
  return workshop.run(step.text)
}

const payAt = async (url: string): Promise<void> => {
  const browser = await launchBrowser()
  const reader = createVisitor(await browser.newPage(), '')
  await reader.page.goto(url)
  await payAtCheckout(reader, cards.pays, 'Pay $5.00')
  await reader.sees('Welcome back.')
  await browser.close()
}

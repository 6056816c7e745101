import { expect, test } from 'vitest'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { stripeProvider } from '../../src/stripe/provider.ts'
import { times } from '../contracts/store-fixtures.ts'
import { payInPage } from '../journeys/stripe-page.ts'
import { openWorld, type World } from '../journeys/world.ts'
import { openHostFile } from './host-file.ts'

const buyers = 40

/** As if all that Stripe has told had come at once, with nobody to work it off. Each event is a job of its own. */
const queueEverything = async ({ stripe, database }: World): Promise<number> => {
  const { secretKey, publishableKey, webhookSecret } = stripe.keys
  const provider = stripeProvider({ secretKey, publishableKey, webhookSecrets: [webhookSecret], apiBase: stripe.url })
  const { events: inbox } = mongoStore({ connection: database })
  let after: string | null = null
  let queued = 0
  do {
    const page = await provider.listEvents({ since: new Date(0), after, limit: 100 })
    for (const event of page.events) await inbox.add({ ...event, subject: `event:${event.id}` }, new Date())
    queued += page.events.length
    after = page.next
  } while (after !== null)
  return queued
}

const rowsOf = ({ database }: World) => database.collection('billing_provider_events')

const settledCount = (world: World) => rowsOf(world).countDocuments({ state: { $in: ['done', 'ignored'] } })

test('two workers share a storm of events; one that is told to stop finishes what it has begun', async () => {
  await using world = await openWorld({ webhooks: 'off' })
  await using host = await openHostFile(world)
  const names = times(buyers, (i) => `buyer-${i}`)
  for (const name of names) await payInPage(world.stripe, await world.signIn(name).startsPurchase(), 'works')

  const [first, second] = [host.start('worker'), host.start('worker')]
  for (const { said } of [first, second]) {
    await expect.poll(() => said.out, { timeout: 20_000 }).toContain('The worker runs')
  }
  const queueing = queueEverything(world)
  await expect.poll(() => settledCount(world), { timeout: 20_000, interval: 5 }).toBeGreaterThan(0)
  first.child.kill('SIGTERM')
  const stopped = await first.ended
  const queued = await queueing
  expect(queued).toBeGreaterThan(3 * buyers)
  expect(stopped).toMatchObject({ code: 0, err: '' })
  expect(stopped.out).toMatch(/^ {2}work_off_events {2}every second$/m)
  expect(stopped.out).toMatch(/^ {2}reconcile {2}every day, in one process at a time$/m)
  expect(stopped.out).toMatch(/Stopped\.\n$/)

  await expect.poll(() => settledCount(world), { timeout: 30_000, interval: 50 }).toBe(queued)
  second.child.kill('SIGINT')
  expect(await second.ended).toMatchObject({ code: 0 })
  expect(await rowsOf(world).countDocuments({ attempts: { $ne: 1 } })).toBe(0)
  const credits = await Promise.all(names.map(async (name) => (await world.signIn(name).credits()).available))
  expect(new Set(credits)).toEqual(new Set([23]))
  expect((await world.billing.verify()).unsound).toEqual([])
}, 90_000)

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, test } from 'vitest'
import { payInPage } from './stripe-page.ts'
import { openWorld } from './world.ts'

test('an operator sees what was sold: webhooks by type, requests to Stripe, and charges', async () => {
  await using world = await openWorld()
  const server = createServer(express().use('/admin', world.billing.adminRouter))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const alice = world.signIn('alice')
  await payInPage(world.stripe, await alice.startsPurchase(), 'works')
  await world.stripe.settled()
  await alice.ask()

  const reply = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/admin/metrics`)
  const text = await reply.text()
  server.close()
  expect(text).toMatch(/^billing_webhooks_total\{type="payment_intent\.succeeded",result="done"\} \d+$/m)
  expect(text).toMatch(/^billing_webhooks_total\{type="other",result="ignored"\} \d+$/m)
  expect(text).not.toContain('type="payment_intent.created"')
  expect(text).toMatch(/^billing_provider_calls_total\{result="ok"\} [1-9]\d*$/m)
  expect(text).toContain('billing_charges_total{success="true"} 1')
  expect(text).toContain('billing_inbox_events{state="dead"} 0')
})

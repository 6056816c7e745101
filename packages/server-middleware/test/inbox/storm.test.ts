import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { depth } from '../ledger/depth.ts'
import { openReplicaSet } from '../ledger/replica-set.ts'
import { openGate } from '../ledger/tcp-gate.ts'
import { Storm } from './storm.ts'

const binary = process.env.PAYWRIGHT_TEST_MONGOD ?? ''
const uri = process.env.PAYWRIGHT_TEST_MONGODB_URI ?? ''
const buyers = 12
const timeout = 240_000

const modes = ['inline', 'queued'] as const

describe.each(modes)('in a storm of webhooks, %s', (mode) => {
  it('all arrive although the database is gone for a while, and none is answered that is not stored', {
    timeout,
  }, async () => {
    const { hostname, port } = new URL(uri)
    await using gate = await openGate({ host: hostname, port: Number(port) })
    const through = `mongodb://127.0.0.1:${gate.port}/?directConnection=true`
    await using storm = await Storm.open({ uri: through, safeUri: uri, mode, buyers })
    await storm.blow(async () => {
      await pause(50)
      gate.close()
      await pause(depth(3_000, 10_000))
      gate.open()
      await pause(200)
      gate.cut()
    })

    expect(storm.refusals).toBeGreaterThan(0)
    await storm.expectCalm()
  })

  it('all arrive although Stripe is busy, broken or slow to answer', { timeout }, async () => {
    await using storm = await Storm.open({ uri, safeUri: uri, mode, buyers })
    await storm.blow(async () => {
      for (const code of ['rate_limit', 'lock_timeout', 'server_error', 'timeout'] as const) {
        storm.stripe.failNext({ code, times: 6 })
        await pause(150)
      }
    })

    // Who only stores it before the answer has no need of Stripe.
    expect(storm.refusals > 0).toBe(mode === 'inline')
    await storm.expectCalm()
  })
})

describe.runIf(binary)('on three mongods', () => {
  it.each(modes)('all arrive although the primary steps down in the middle, %s', { timeout }, async (mode) => {
    await using set = await openReplicaSet(binary)
    await using storm = await Storm.open({ uri: set.uri, safeUri: set.uri, mode, buyers })
    await storm.blow(async () => {
      await pause(100)
      await set.stepDown()
    })

    await storm.expectCalm()
    expect(storm.answered.size).toBeGreaterThan(buyers)
  })
})

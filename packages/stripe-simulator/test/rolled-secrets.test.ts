import { describe, expect, it } from 'vitest'
import { startStripe } from '../src/testing.ts'
import { openSimulator } from './support/open-simulator.ts'
import { openReceiver, type Receiver } from './support/receiver.ts'

const openRolling = async (receiver: Receiver) => {
  const open = await openSimulator({ webhooks: [{ url: receiver.url, secret: 'whsec_old' }] })
  /** Which secrets stand for the next event. */
  const accepted = async (...secrets: readonly string[]): Promise<string[]> => {
    await open.stripe.customers.create({})
    await open.simulator.settled()
    const { body, signature } = receiver.received.at(-1) ?? { body: '', signature: '' }
    return secrets.filter((secret) => {
      try {
        return open.stripe.webhooks.constructEvent(body, signature, secret).type === 'customer.created'
      } catch {
        return false
      }
    })
  }
  return { ...open, accepted, [Symbol.asyncDispose]: open[Symbol.asyncDispose] }
}

describe('a rolled secret', () => {
  it('signs beside the new one for a day', async () => {
    await using receiver = await openReceiver()
    await using open = await openRolling(receiver)
    const { secret } = open.simulator.rollSecret()
    expect(secret).toMatch(/^whsec_/)
    expect(await open.accepted('whsec_old', secret)).toEqual(['whsec_old', secret])
    expect(receiver.received.at(-1)?.signature).toMatch(/^t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/)
    await open.simulator.clock.advance({ hours: 23 })
    expect(await open.accepted('whsec_old', secret)).toEqual(['whsec_old', secret])
    await open.simulator.clock.advance({ hours: 1 })
    expect(await open.accepted('whsec_old', secret)).toEqual([secret])
  })

  it('ends sooner where that is asked for, at once too', async () => {
    await using receiver = await openReceiver()
    await using open = await openRolling(receiver)
    const { secret: second } = open.simulator.rollSecret({ endpoint: receiver.url, oldValidForHours: 1 })
    const { id, secret: third } = open.simulator.rollSecret({ oldValidForHours: 2 })
    expect(await open.accepted('whsec_old', second, third)).toEqual(['whsec_old', second, third])
    await open.simulator.clock.advance({ hours: 1 })
    expect(await open.accepted('whsec_old', second, third)).toEqual([second, third])
    const { secret: fourth } = open.simulator.rollSecret({ endpoint: id, oldValidForHours: 0 })
    expect(await open.accepted(second, third, fourth)).toEqual([second, fourth])
  })

  it('is refused for more than a day, and for an endpoint that is not there', async () => {
    await using receiver = await openReceiver()
    await using open = await openRolling(receiver)
    expect(() => open.simulator.rollSecret({ oldValidForHours: 25 })).toThrow('24 hours at most')
    expect(() => open.simulator.rollSecret({ oldValidForHours: -1 })).toThrow('24 hours at most')
    expect(() => open.simulator.rollSecret({ endpoint: 'we_none' })).toThrow('we_none')
    expect(await open.accepted('whsec_old')).toEqual(['whsec_old'])
  })

  it('stays rolled over a restart', async () => {
    await using receiver = await openReceiver()
    await using open = await openRolling(receiver)
    const { secret } = open.simulator.rollSecret()
    open.simulator.restore(open.simulator.snapshot())
    expect(await open.accepted('whsec_old', secret)).toEqual(['whsec_old', secret])
  })

  it('can be rolled by a test in another process', async () => {
    await using receiver = await openReceiver()
    await using stripe = await startStripe({ webhooks: [{ url: receiver.url }] })
    const secret = await stripe.rollsSecret({ oldValidForHours: 3 })
    expect(secret).toMatch(/^whsec_/)
    expect(secret).not.toBe(stripe.address.webhookSecret)
    await expect(stripe.rollsSecret({ oldValidForHours: 30 })).rejects.toThrow('24 hours at most')
  })
})

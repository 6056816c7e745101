import express from 'express'

const changed = (store, name, changes) => ({ ...store, [name]: { ...store[name], ...changes } })
const bytes = express.raw({ type: () => true })

/** Hosts as they should not be: of what keeps them from losing or doubling something, one thing is missing. */
export const flaws = {
  'answers before it has stored': {
    receives: (request, response, next) => {
      if (request.path !== '/webhook') return next()
      bytes(request, response, () => {
        request.rawBody = request.body
        response.json({ received: true })
        next()
      })
    },
  },
  'is done with an event before it has applied it': {
    spoil: (store) =>
      changed(store, 'events', {
        claim: async (event, lease) => {
          const claimed = await store.events.claim(event, lease)
          if (claimed.outcome === 'mine')
            await store.events.settle([event.id], lease.owner, { state: 'done', now: lease.now })
          return claimed
        },
      }),
  },
  'is done with an effect before it has told it': {
    spoil: (store) =>
      changed(store, 'effects', {
        claim: async (effect, lease) => {
          const claimed = await store.effects.claim(effect, lease)
          if (claimed.outcome === 'mine') await store.effects.sent(effect.key, lease.owner, lease.now)
          return claimed
        },
      }),
  },
  'tells what it has not written down': {
    spoil: (store) =>
      changed(store, 'effects', {
        claim: async () => ({ outcome: 'mine', attempts: 1 }),
        sent: async () => undefined,
      }),
  },
  'posts under a key that tomorrow is another': {
    spoil: (store, clock) =>
      changed(store, 'ledger', {
        post: (ledger, operation) =>
          store.ledger.post(ledger, { ...operation, key: `${operation.key} ${clock.now().getTime()}` }),
      }),
  },
}

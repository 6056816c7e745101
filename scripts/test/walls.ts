/** A file, what it may import and what it may not: the table "who may import whom", as facts. */
export type Wall = { file: string; allows: readonly string[]; refuses: readonly string[] }

const server = 'packages/server-middleware/src'
const kit = 'packages/react-billing'
const simulator = 'packages/stripe-simulator/src'
const rooms = ['stripe', 'mongo', 'http', 'memory', 'mail', 'worker', 'cli', 'actions']
const pathsTo = (up: string, names: readonly string[]) => names.map((name) => `${up}/${name}/anything.ts`)
const others = (...own: string[]) => rooms.filter((room) => !own.includes(room))

export const walls: readonly Wall[] = [
  {
    file: 'packages/contract/src/one.ts',
    allows: ['./two.ts'],
    refuses: ['zod', 'node:fs', '@paywright/server-middleware', '../test/two.ts'],
  },
  {
    file: `${server}/domain/one.ts`,
    allows: ['./two.ts', './credits/two.ts', '@paywright/contract'],
    refuses: ['zod', 'node:crypto', 'stripe', 'mongoose', 'express', '../ports/two.ts', ...pathsTo('..', rooms)],
  },
  {
    file: `${server}/domain/credits/one.ts`,
    allows: ['./two.ts', '../two.ts', '@paywright/contract'],
    refuses: ['zod', 'node:crypto', '../../ports/two.ts', '../../create-billing.ts', ...pathsTo('../..', rooms)],
  },
  {
    file: `${server}/ports/one.ts`,
    allows: ['@paywright/contract', './two.ts', '../domain/two.ts'],
    refuses: ['stripe', 'mongoose', 'express', '../create-billing.ts', ...pathsTo('..', rooms)],
  },
  {
    file: `${server}/options.ts`,
    allows: ['@paywright/contract', './ports/two.ts', './domain/two.ts', 'zod'],
    refuses: ['stripe', 'mongoose', './create-billing.ts', ...pathsTo('.', rooms)],
  },
  {
    file: `${server}/create-billing.ts`,
    allows: ['@paywright/contract', './ports/two.ts', './options.ts', ...pathsTo('.', ['http', 'actions', 'worker'])],
    refuses: ['stripe', 'mongoose', ...pathsTo('.', ['stripe', 'mongo', 'memory', 'mail', 'cli'])],
  },
  {
    file: `${server}/actions/one.ts`,
    allows: ['@paywright/contract', './two.ts', '../ports/two.ts', '../domain/credits/two.ts'],
    refuses: ['stripe', 'mongoose', 'express', '../create-billing.ts', ...pathsTo('..', others('actions'))],
  },
  {
    file: `${server}/stripe/one.ts`,
    allows: ['@paywright/contract', './two.ts', '../ports/two.ts', '../domain/two.ts', 'stripe', 'zod'],
    refuses: ['mongoose', 'express', ...pathsTo('..', others('stripe'))],
  },
  {
    file: `${server}/mongo/one.ts`,
    allows: ['@paywright/contract', './two.ts', '../ports/two.ts', '../domain/two.ts', 'mongoose'],
    refuses: ['stripe', 'express', ...pathsTo('..', others('mongo'))],
  },
  {
    file: `${server}/memory/one.ts`,
    allows: ['@paywright/contract', './two.ts', '../ports/two.ts', '../domain/two.ts'],
    refuses: ['stripe', 'mongoose', 'express', ...pathsTo('..', others('memory'))],
  },
  {
    file: `${server}/mail/one.ts`,
    allows: ['@paywright/contract', './two.ts', '../ports/two.ts', '../domain/two.ts', 'node:crypto'],
    refuses: ['nodemailer', 'stripe', 'mongoose', 'express', ...pathsTo('..', others('mail'))],
  },
  {
    file: `${server}/worker/one.ts`,
    allows: ['@paywright/contract', './two.ts', '../ports/two.ts', '../domain/two.ts', '../actions/two.ts'],
    refuses: ['stripe', 'mongoose', 'express', ...pathsTo('..', others('worker', 'actions'))],
  },
  {
    file: `${server}/cli/one.ts`,
    allows: [
      '@paywright/contract',
      './two.ts',
      '../ports/two.ts',
      '../domain/two.ts',
      '../actions/two.ts',
      'node:util',
    ],
    refuses: ['stripe', 'mongoose', 'express', ...pathsTo('..', others('cli', 'actions'))],
  },
  {
    file: `${server}/http/one.ts`,
    allows: [
      '@paywright/contract',
      './routes/two.ts',
      '../ports/two.ts',
      '../domain/errors.ts',
      '../actions/two.ts',
      'express',
      'zod',
    ],
    refuses: ['stripe', 'mongoose', ...pathsTo('..', others('http', 'actions'))],
  },
  {
    file: `${server}/http/routes/one.ts`,
    allows: ['./two.ts', '../define-route.ts', '../../ports/two.ts', '../../actions/two.ts', '@paywright/contract'],
    refuses: ['stripe', 'mongoose', ...pathsTo('../..', others('http', 'actions'))],
  },
  {
    file: `${server}/index.ts`,
    allows: ['./create-billing.ts', '@paywright/contract'],
    refuses: ['@paywright/stripe-simulator', '@paywright/react-billing'],
  },
  {
    file: 'packages/server-middleware/test/journeys/one.test.ts',
    allows: ['@paywright/stripe-simulator', '../../src/index.ts'],
    refuses: ['@paywright/stripe-simulator/src/store/store.ts', '../../../../packages/contract/src/routes.ts'],
  },
  {
    file: `${kit}/src/components/One.tsx`,
    allows: ['./Two.tsx', './one.ts', '../hooks/useTwo.ts', '../lib/two.ts', 'react', '@paywright/contract'],
    refuses: ['../client/two.ts', '@stripe/stripe-js', '@tanstack/react-query', 'zod', '@paywright/server-middleware'],
  },
  {
    file: `${kit}/src/hooks/useOne.ts`,
    allows: ['../client/two.ts', '@tanstack/react-query', 'react'],
    refuses: ['@stripe/stripe-js', '@stripe/react-stripe-js', 'zod', '@paywright/server-middleware', 'node:fs'],
  },
  {
    file: `${kit}/src/payment/One.tsx`,
    allows: ['@stripe/stripe-js', '@stripe/react-stripe-js', '../hooks/useTwo.ts'],
    refuses: ['zod', '@paywright/server-middleware', '@paywright/stripe-simulator'],
  },
  {
    file: `${kit}/test/one.test.ts`,
    allows: ['@paywright/stripe-simulator', '../src/index.ts'],
    refuses: ['@paywright/server-middleware'],
  },
  {
    file: `${simulator}/domain/one.ts`,
    allows: ['./two.ts', './objects/two.ts'],
    refuses: ['express', 'node:crypto', '@paywright/contract', '../store/two.ts', '../http/two.ts', '../clock.ts'],
  },
  {
    file: `${simulator}/flows/one.ts`,
    allows: ['../domain/two.ts', '../world.ts'],
    refuses: ['express', '../http/two.ts', '../browser/two.ts', '@paywright/contract'],
  },
  {
    file: `${simulator}/browser/one.ts`,
    allows: ['./two.ts', '@stripe/stripe-js'],
    refuses: ['express', 'node:fs', '../store/two.ts', '../flows/two.ts', '@paywright/contract'],
  },
]

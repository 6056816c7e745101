/** What is bundled as a browser would load it, with the kit's peers left out, and how much it may weigh. */
export type Budget = {
  name: string
  maxBytes: number
  /** The files it is made of, from the root. */
  files: readonly string[]
  /** Of the first file, the one export that is imported. Without it: all of every file. */
  only?: string
  /** What may be nowhere in its graph. */
  without: readonly string[]
}

const kit = 'packages/react-billing/dist'
const kB = 1024

export const budgets: readonly Budget[] = [
  { name: 'the kit', maxBytes: 12 * kB, files: [`${kit}/index.js`, `${kit}/payment.js`], without: ['zod'] },
  { name: "the kit's styles", maxBytes: 4 * kB, files: [`${kit}/styles.css`], without: [] },
  { name: 'PricingTable alone', maxBytes: 5 * kB, files: [`${kit}/index.js`], only: 'PricingTable', without: ['zod'] },
  {
    name: 'CreditMeter alone',
    maxBytes: 2 * kB,
    files: [`${kit}/index.js`],
    only: 'CreditMeter',
    without: ['zod', '@stripe/'],
  },
  {
    name: "the simulator's Stripe.js",
    maxBytes: 25 * kB,
    files: ['packages/stripe-simulator/dist/browser/stripe.js'],
    without: ['zod'],
  },
]

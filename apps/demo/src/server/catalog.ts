import { defineCatalog } from '@paywright/server-middleware'

/** What Askwell sells: answers from an agent that reads its customers' own documents. */
export const catalog = defineCatalog({
  currency: 'usd',
  unit: 'uses',
  freeUses: 3,
  freePlan: 'free',
  plans: {
    free: {
      name: 'Free',
      promise: 'See what the agent knows about your documents.',
      features: ['3 questions to begin with', 'Answers with their sources'],
      limits: { sources: 1, teammates: 1 },
    },
    starter: {
      name: 'Starter',
      promise: 'For one person with a shelf of documents.',
      month: 2900,
      year: 29000,
      everythingIn: 'free',
      features: ['10 document sources', 'Follow-up questions', 'History of every answer'],
      limits: { sources: 10, teammates: 3 },
    },
    growth: {
      name: 'Growth',
      promise: 'For a team that asks every day.',
      month: 7900,
      year: 79000,
      everythingIn: 'starter',
      recommended: true,
      features: [
        '100 document sources',
        'Shared answers and comments',
        'Slack and e-mail questions',
        'Priority answers',
      ],
      limits: { sources: 100, teammates: 20 },
    },
    enterprise: {
      name: 'Enterprise',
      promise: 'For a company that must know who asked what.',
      month: 19900,
      year: 199000,
      everythingIn: 'growth',
      features: ['Unlimited sources and teammates', 'Single sign-on', 'Audit log', 'Data kept in your region'],
      limits: { sources: null, teammates: null },
    },
  },
  packs: {
    uses20: { name: '20 uses', credits: 20, amountMinor: 500 },
  },
})

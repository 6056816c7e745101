import type { RouteName } from '@paywright/contract'

/** What each route does, in a line. */
export const summaries = {
  createAccount: 'Makes an account known, on behalf of a service',
  getConfig: 'What the browser may know about how billing is set up',
  listPlans: 'The catalog; for a known account, with what each plan can do for it',
  getStatus: 'Plan, subscription, entitlements, credits, and what has to be paid now',
  startCheckout: "Opens the provider's page for a plan or a pack",
  startPurchase: 'Opens a purchase of credits to be paid in the page',
  getPurchase: 'A purchase, settled if the provider is ahead',
  getCredits: "The account's credits, by where they came from",
  listEntries: 'The credit history, newest first',
  checkCredits: 'Whether a charge would pass, and what to offer when not',
  chargeCredits: 'Takes credits, or refuses with the packs that would help',
  holdCredits: 'Sets credits aside for work of unknown cost',
  captureHold: 'Spends what the work came to, and gives back the rest',
  releaseHold: 'Gives back what was set aside',
  openPortal: "Opens the provider's page for subscription, cards and invoices",
  receiveWebhook: "Takes in the provider's signed events",
  receiveProviderWebhook: 'The same, for a provider by its name',
  getHealth: 'Whether the store answers and the inbox keeps up',
  getOpenApi: 'This description',
} as const satisfies Record<RouteName, string>

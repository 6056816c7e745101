/** What the routes that write in a ledger have in common: who asks, and that the ledger keeps their keys for good. */
export const ledgerWrite = {
  asks: 'session-or-service',
  keyed: 'ledger',
  replayed: ({ replayed }: { replayed: boolean }): boolean => replayed,
} as const

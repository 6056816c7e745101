/** Tokens that make the first look after a portal visit synchronise; each works once. */
export interface PortalVisits {
  open(token: string, accountRef: string, now: Date): Promise<void>
  /** Whether it was open, and the account's; it no longer is. */
  close(token: string, accountRef: string): Promise<boolean>
}

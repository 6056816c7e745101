/** Who signed in: here a person is an account of their own. */
export type Person = { accountId: string; name: string; email: string }

/** The person of that name; null when there is no name. The same name, in whatever case, is the same person. */
export const personNamed = (typed: unknown): Person | null => {
  const name = typeof typed === 'string' ? typed.trim().slice(0, 60) : ''
  const accountId = name.toLowerCase()
  return name === '' ? null : { accountId, name, email: `${mailbox(accountId)}@example.com` }
}

/** For Stripe's receipts; nobody is told apart by it. */
const mailbox = (accountId: string): string =>
  accountId
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '.')
    .replaceAll(/^\.|\.$/g, '') || 'somebody'

export type Json = Readonly<Record<string, unknown>>

export const isJson = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** What a path leads to, as far as there are objects on the way. */
export const valueAt = (object: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isJson(value) ? value[name] : undefined), object)

export const without = (object: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))

/** What an older shape shows of objects that the newer one only names. */
export interface Links {
  find(id: string): Json | undefined
  /** The plan that a recurring price was called before. */
  planOf(price: Json): Json
  /** How an invoice is meant to be paid: its intent, and the intent's charge. */
  paymentOf(invoiceId: string): { readonly intent: string; readonly charge: string | null } | undefined
  /** The invoice that an intent pays. */
  invoiceOf(intentId: string): string | null
}

/** One object of a newer version, as an older one shows it. What is inside it is not its concern. */
export type Backport = (object: Json, links: Links) => Json

/** What an id stands for; an object stands for itself. */
export const found = (links: Links, value: unknown): Json | null => {
  if (typeof value === 'string') return links.find(value) ?? null
  return isJson(value) ? value : null
}

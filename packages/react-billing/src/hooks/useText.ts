import type { Timestamp } from '@paywright/contract'
import { type ClientErrorCode, isBillingClientError } from '../client/billing-client-error.ts'
import { formatDate } from '../lib/format-date.ts'
import type { PlainKey, Translate } from '../lib/messages.ts'
import { useBilling } from '../provider/billing-context.ts'

export type Text = {
  t: Translate
  date: (at: Timestamp) => string
  /** What to say about a failure: its cause where the reader can do something about it, else `otherwise`. */
  trouble: (error: unknown, otherwise: PlainKey) => string
}

/** The kit's words in the provider's language. */
export const useText = (): Text => {
  const { translate, locale, timeZone } = useBilling()
  return {
    t: translate,
    date: (at) => formatDate({ at, locale, timeZone }),
    trouble: (error, otherwise) => translate(causeOf(error) ?? otherwise),
  }
}

const causes: Partial<Record<ClientErrorCode, PlainKey>> = {
  unreachable: 'unreachable',
  unauthenticated: 'unauthenticated',
}

const causeOf = (error: unknown): PlainKey | undefined => (isBillingClientError(error) ? causes[error.code] : undefined)

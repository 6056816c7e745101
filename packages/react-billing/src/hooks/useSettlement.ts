import type { Credits, Purchase } from '@paywright/contract'
import { pollUntil } from '../client/poll-until.ts'
import { statusQuery } from '../client/queries.ts'
import { purchaseProgress } from '../lib/purchase-progress.ts'
import { useBilling } from '../provider/billing-context.ts'

type WaitInput = { paymentId: string; onSlow: () => void; signal: AbortSignal }

export type Settlement = {
  /** Asks until the server calls the purchase succeeded or failed. */
  settled(input: WaitInput): Promise<Purchase>
  /** Reads the status anew, for every component that shows it; answers what is left of this unit, null if it can't tell. */
  countUses(unit: string): Promise<number | null>
}

/** As people count. The status knows the default unit; of another one it can't tell. */
export const leftOf = ({ available, scale, ...credits }: Credits, unit: string | null): number | null =>
  unit === credits.unit ? available / scale : null

/** What follows a buyer's confirmation: only the server says when credits are there. */
export const useSettlement = (): Settlement => {
  const { client, queryClient, landing, onError } = useBilling()
  const settled = ({ paymentId, onSlow, signal }: WaitInput) =>
    pollUntil({
      ask: () => client.getPurchase(paymentId, { signal }),
      isDone: (purchase) => purchaseProgress(purchase) !== 'waiting',
      onSlow,
      signal,
    })
  const countUses = async (unit: string) => {
    const fresh = { ...statusQuery(client, landing.statusQuery), staleTime: 0 }
    await queryClient.cancelQueries({ queryKey: fresh.queryKey })
    try {
      const { credits } = await queryClient.fetchQuery(fresh)
      return leftOf(credits, unit)
    } catch (error) {
      onError(error)
      return null
    }
  }
  return { settled, countUses }
}

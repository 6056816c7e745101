import type { Purchase } from '@paywright/contract'
import { pollUntil } from '../client/poll-until.ts'
import { statusQuery } from '../client/queries.ts'
import { purchaseProgress } from '../lib/purchase-progress.ts'
import { useBilling } from '../provider/billing-context.ts'

type WaitInput = { paymentId: string; onSlow: () => void; signal: AbortSignal }

export type Settlement = {
  /** Asks until the server calls the purchase succeeded or failed. */
  settled(input: WaitInput): Promise<Purchase>
  /** Reads the status anew, for every component that shows it; answers the uses left as people count them, null when that can't be told. */
  countUses(): Promise<number | null>
}

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
  const countUses = async () => {
    const fresh = { ...statusQuery(client, landing.statusQuery), staleTime: 0 }
    await queryClient.cancelQueries({ queryKey: fresh.queryKey })
    try {
      const { credits } = await queryClient.fetchQuery(fresh)
      return credits.available / credits.scale
    } catch (error) {
      onError(error)
      return null
    }
  }
  return { settled, countUses }
}

import type { Purchase } from '@paywright/contract'

export type PurchaseProgress = 'waiting' | 'succeeded' | 'failed'

/** What a purchase that the buyer has confirmed amounts to. Only the server's `succeeded` means credits. */
export const purchaseProgress = ({ status }: Pick<Purchase, 'status'>): PurchaseProgress => {
  if (status === 'succeeded') return 'succeeded'
  return status === 'processing' || status === 'requires_action' ? 'waiting' : 'failed'
}

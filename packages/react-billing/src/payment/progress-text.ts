import type { Translate } from '../lib/messages.ts'
import type { PaymentState } from '../lib/payment-sequence.ts'

/** What is being done at the moment; empty when nothing is. */
export const progressText = (t: Translate, payment: PaymentState): string => {
  switch (payment.state) {
    case 'validating':
      return t('payValidating')
    case 'creating':
      return t('payCreating')
    case 'confirming':
      return t('payConfirming')
    case 'processing':
      return t(payment.slow ? 'payProcessingSlow' : 'payProcessing')
    default:
      return ''
  }
}

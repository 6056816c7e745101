import type { Translate } from '../lib/messages.ts'
import { isBusy, type PaymentState } from '../lib/payment-sequence.ts'

/** What is being done at the moment; empty when nothing is. */
export const progressText = (t: Translate, payment: PaymentState): string => {
  if (!isBusy(payment)) return ''
  return payment.state === 'processing' && payment.slow ? t('pay_processing_slow') : t(`pay_${payment.state}`)
}

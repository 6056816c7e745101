'use client'

export type { PaymentResult } from './hooks/useTopUp.ts'
export { PaymentForm, type PaymentFormProps } from './payment/PaymentForm.tsx'
export { TopUp, type TopUpProps } from './payment/TopUp.tsx'

import type { InvoicePayment } from '../../domain/objects/invoice.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { idOf, type Routes, route } from '../route.ts'

interface PaymentList {
  readonly created?: RangeInput
  readonly invoice?: string
  readonly payment?: { readonly type: string; readonly payment_intent?: string }
  readonly status?: string
}

const pays = (each: InvoicePayment, payment: PaymentList['payment']): boolean =>
  !payment?.payment_intent || each.payment.payment_intent === payment.payment_intent

export const invoicePaymentRoutes: Routes = {
  'GET /v1/invoice_payments/{id}': route([], (call) =>
    call.world.need('invoice_payment', idOf(call), { status: 404, param: 'invoice_payment' }),
  ),
  'GET /v1/invoice_payments': route<PaymentList>(
    [...pageParams, 'created', 'invoice', 'payment', 'status'],
    (call, { created, invoice, payment, status }) =>
      newestFirst(
        call,
        call.world.store
          .all('invoice_payment')
          .filter((each) => matches(each, { invoice, status }) && pays(each, payment))
          .filter((each) => isWithin(each.created, created)),
      ),
  ),
}

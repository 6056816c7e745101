import type { Routes } from '../route.ts'
import { searchRoute } from '../search.ts'

export const searchRoutes: Routes = {
  'GET /v1/charges/search': searchRoute('charge'),
  'GET /v1/customers/search': searchRoute('customer'),
  'GET /v1/invoices/search': searchRoute('invoice'),
  'GET /v1/payment_intents/search': searchRoute('payment_intent'),
  'GET /v1/prices/search': searchRoute('price'),
  'GET /v1/products/search': searchRoute('product'),
  'GET /v1/subscriptions/search': searchRoute('subscription'),
}

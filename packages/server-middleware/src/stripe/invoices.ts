import type { Stripe } from 'stripe'
import type { InvoiceLine, InvoiceSnapshot } from '../domain/invoice.ts'
import type { PaymentProvider } from '../ports/provider.ts'
import type { StripeApi } from './client.ts'
import { isMissing, nullWhen } from './errors.ts'
import { priceKeyOf, toInvoice, toInvoiceLine } from './invoice-snapshot.ts'
import { createMemory } from './remember.ts'

type Invoices = {
  find: PaymentProvider['findInvoice']
  list: PaymentProvider['listInvoices']
  listPaid: PaymentProvider['listPaidInvoices']
}

type InvoiceFilter = Stripe.InvoiceListParams

/** More than a subscription pays in years, and than an invoice has lines. */
const most = 1_000

export const createInvoices = (api: StripeApi): Invoices => {
  const keyOf = createPriceKeys(api)
  const complete = async (object: unknown): Promise<InvoiceSnapshot> => {
    const { snapshot, hasMore } = toInvoice(object)
    const lines = hasMore ? await listLines(api, snapshot.providerInvoiceId) : snapshot.lines
    const named: InvoiceLine[] = []
    for (const line of lines) named.push({ ...line, priceKey: line.priceKey ?? (await keyOf(line.providerPriceId)) })
    return { ...snapshot, lines: named }
  }
  const completeAll = async (objects: readonly unknown[]): Promise<readonly InvoiceSnapshot[]> => {
    const snapshots: InvoiceSnapshot[] = []
    for (const object of objects) snapshots.push(await complete(object))
    return snapshots
  }
  return {
    find: async (id) => {
      const invoice = await api.ask('look the invoice up', (client) =>
        client.invoices.retrieve(id, { expand: ['payments'] }).catch(nullWhen(isMissing)),
      )
      return invoice && complete(invoice)
    },
    list: async (customer) => {
      const newestFirst = await api.ask('list the invoices', (client) =>
        client.invoices.list({ customer, limit: 100, expand: ['data.payments'] }),
      )
      return completeAll(newestFirst.data)
    },
    listPaid: async (subscription) => {
      const filter = { subscription, status: 'paid', limit: 100, expand: ['data.payments'] } satisfies InvoiceFilter
      const newestFirst = await api.ask('list the invoices', (client) =>
        client.invoices.list(filter).autoPagingToArray({ limit: most }),
      )
      return completeAll(newestFirst.reverse())
    },
  }
}

const listLines = async (api: StripeApi, invoiceId: string): Promise<readonly InvoiceLine[]> => {
  const lines = await api.ask('list the lines of the invoice', (client) =>
    client.invoices.listLineItems(invoiceId, { limit: 100 }).autoPagingToArray({ limit: most }),
  )
  return lines.flatMap(toInvoiceLine)
}

/** The catalog's key of a price, by its id. */
const createPriceKeys = (api: StripeApi): ((priceId: string) => Promise<string | null>) => {
  const known = createMemory<{ priceKey: string | null }>()
  return async (priceId) => {
    const remembered = known.recall(priceId)
    if (remembered) return remembered.priceKey
    const price = await api.ask('look the price up', (client) =>
      client.prices.retrieve(priceId).catch(nullWhen(isMissing)),
    )
    const priceKey = price && priceKeyOf(price)
    known.keep(priceId, { priceKey })
    return priceKey
  }
}

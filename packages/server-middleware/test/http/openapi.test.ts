import { billingErrorCodes, routes } from '@paywright/contract'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { alice, type Host, openHost, type Reply } from './host.ts'

type Parameter = { name: string; in: string; required: boolean; schema: object }
type Content = { content: Record<string, { schema: object }> }
type Operation = {
  operationId: string
  summary: string
  parameters: Parameter[]
  requestBody?: Content
  responses: Record<string, Content & { description: string }>
}
type Document = {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

const documentOf = async (host: Host): Promise<Document> =>
  (await host.call('GET /billing/openapi.json')).body as unknown as Document

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

/** Whether a value fits a schema of the document. */
const validator = (document: Document) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema({ $id: 'https://openapi.test/', ...document })
  return (schema: object, value: unknown): string => {
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://openapi.test/#/')) as object
    const validate = ajv.compile(absolute)
    return validate(value) ? 'fits' : ajv.errorsText(validate.errors)
  }
}

const replySchema = (document: Document, operationId: string, { status, headers }: Reply): object => {
  const found = operationsOf(document).find(({ operation }) => operation.operationId === operationId)
  const type = headers.get('content-type')?.split(';')[0] ?? ''
  const schema = found?.operation.responses[status]?.content[type]?.schema
  if (!schema) throw new Error(`${operationId} says nothing of ${status} ${type}.`)
  return schema
}

describe('the OpenAPI document', () => {
  it('has every route of the contract, where it is mounted', async () => {
    await using host = await openHost()
    const document = await documentOf(host)
    const described = operationsOf(document).map(({ path, method, operation }) => [operation.operationId, method, path])
    const contract = Object.entries(routes).map(([name, { method, path }]) => [
      name,
      method.toLowerCase(),
      path.replaceAll(/:(\w+)/g, '{$1}'),
    ])
    expect(described.toSorted()).toEqual(contract.toSorted())
    expect(document.openapi).toMatch(/^3\.1\.\d$/)
    expect(document.servers).toEqual([{ url: '/billing' }])
  })

  it('has schemas that compile, and no reference that leads nowhere', async () => {
    await using host = await openHost()
    const document = await documentOf(host)
    const validate = validator(document)
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => String(match[1]))
    for (const name of Object.keys(document.components.schemas)) {
      expect(validate({ $ref: `#/components/schemas/${name}` }, undefined), name).not.toBe('fits')
    }
    for (const reference of new Set(references)) {
      expect(Object.keys(document.components.schemas)).toContain(reference.replace('#/components/schemas/', ''))
    }
    expect(JSON.stringify(document)).not.toMatch(/"\$(?:schema|id|defs)"/)
  })

  it('has operations that are whole', async () => {
    await using host = await openHost()
    for (const { path, method, operation } of operationsOf(await documentOf(host))) {
      const inPath = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name)
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
      expect(
        operation.parameters.every(({ schema, ...each }) => schema && ['path', 'query', 'header'].includes(each.in)),
      ).toBe(true)
      expect(operation.summary).not.toBe('')
      expect(operation.requestBody !== undefined, path).toBe(method === 'post')
      expect(Object.keys(operation.responses)).toContain('200')
      for (const response of Object.values(operation.responses)) expect(response.description).toMatch(/\.$/)
    }
  })

  it('has a problem for each error code', async () => {
    await using host = await openHost()
    const { components } = await documentOf(host)
    const problems = Object.values(components.schemas).flatMap((schema) => {
      const { code } = (schema as { properties?: { code?: { const?: string } } }).properties ?? {}
      return code?.const ?? []
    })
    expect(problems.toSorted()).toEqual([...billingErrorCodes].toSorted())
  })

  it('describes what really comes back, refusals too', async () => {
    await using host = await openHost()
    const document = await documentOf(host)
    const validate = validator(document)
    const call = async (operationId: string, what: string, json?: unknown) => {
      const reply = await host.call(what, { headers: alice, ...(json === undefined ? {} : { json }) })
      expect(validate(replySchema(document, operationId, reply), reply.body), `${what} ${reply.text}`).toBe('fits')
      return reply
    }
    await call('getConfig', 'GET /billing/config')
    await call('listPlans', 'GET /billing/plans')
    await call('getStatus', 'GET /billing/status')
    await call('getStatus', 'GET /billing/status?sessionId=nobodys')
    await call('startCheckout', 'POST /billing/checkout', { planId: 'growth', interval: 'year' })
    await call('startCheckout', 'POST /billing/checkout', { planId: 'free' })
    const { body } = await call('startPurchase', 'POST /billing/purchases', {})
    await call('getPurchase', `GET /billing/purchases/${body.paymentId}`)
    await call('getPurchase', 'GET /billing/purchases/nobodys')
    await call('chargeCredits', 'POST /billing/credits/charges', { description: 'a question' })
    await call('chargeCredits', 'POST /billing/credits/charges', { description: 'much', credits: 100 })
    await call('chargeCredits', 'POST /billing/credits/charges', {})
    await call('checkCredits', 'POST /billing/credits/check', { oauthProvider: 'x', externalId: 'y' })
    await call('getCredits', 'GET /billing/credits')
    await call('listEntries', 'GET /billing/credits/entries')
    await call('openPortal', 'POST /billing/portal', {})
    await call('receiveWebhook', 'POST /billing/webhook', {})
    await call('getHealth', 'GET /billing/health')
    await call('getOpenApi', 'GET /billing/openapi.json')
  })

  it('describes bodies as they are sent, before their defaults are filled in', async () => {
    await using host = await openHost()
    const validate = validator(await documentOf(host))
    const request = (name: string, value: unknown) => validate({ $ref: `#/components/schemas/${name}` }, value)
    expect(request('CheckoutRequest', { planId: 'growth' })).toBe('fits')
    expect(request('CheckoutRequest', { packId: 'uses20' })).toBe('fits')
    expect(request('CheckoutRequest', { planId: 'growth', packId: 'uses20' })).not.toBe('fits')
    expect(request('PurchaseRequest', {})).toBe('fits')
    expect(request('PurchaseRequest', { externalId: '1' })).not.toBe('fits')
    expect(request('ChargeRequest', { description: 'x', context: { any: [{ thing: null }] } })).not.toBe('fits')
    expect(request('ChargeRequest', { description: 'x', price: 1 })).not.toBe('fits')
  })
})

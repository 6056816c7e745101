import { type BillingErrorCode, routes } from '@paywright/contract'
import { z } from 'zod'
import type { Route } from './define-route.ts'
import { problemKinds } from './error-handler.ts'
import { type Components, type JsonSchema, problemName, reference, toComponents } from './openapi-components.ts'
import { problemsOf } from './route-problems.ts'
import { summaries } from './summaries.ts'

/** The OpenAPI 3.1 document of the routes, but for where they are: from the schemas that validate, and what each says. */
export const toOpenApi = (served: readonly Route[]): { openapi: string; [field: string]: unknown } => {
  const components = toComponents()
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const route of served) {
    const { method, path } = routes[route.name]
    const template = path.replaceAll(/:(\w+)/g, '{$1}')
    paths[template] = { ...paths[template], [method.toLowerCase()]: toOperation(route, components) }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Paywright billing', version: '1', description: 'Errors are RFC 9457 problem documents.' },
    paths,
    components: { schemas: components.schemas },
  }
}

const toOperation = (route: Route, components: Components): JsonSchema => ({
  operationId: route.name,
  summary: summaries[route.name],
  parameters: [...pathParameters(route), ...queryParameters(route), ...keyParameter(route)],
  ...(route.body ? { requestBody: toRequestBody(route.body, components) } : {}),
  responses: { 200: toReply(route, components), ...toProblems(route) },
})

const toRequestBody = (body: z.ZodType, { refer }: Components): JsonSchema => ({
  required: true,
  content: { 'application/json': { schema: refer(body) } },
})

const toReply = (route: Route, { refer }: Components): JsonSchema => ({
  description: 'Done.',
  content: { 'application/json': { schema: refer(route.reply) } },
})

/** One response a status: which problem it is, its `code` says. */
const toProblems = (route: Route): Readonly<Record<number, JsonSchema>> => {
  const codes = problemsOf(route)
  const statuses = [...new Set(codes.map((code) => problemKinds[code].status))]
  return Object.fromEntries(
    statuses.map((status) => [status, toProblemResponse(codes.filter((code) => problemKinds[code].status === status))]),
  )
}

const toProblemResponse = (codes: readonly BillingErrorCode[]): JsonSchema => {
  const schemas = codes.map((code) => reference(problemName(code)))
  return {
    description: `${codes.map((code) => problemKinds[code].title).join('; ')}.`,
    content: { 'application/problem+json': { schema: schemas.length === 1 ? schemas[0] : { oneOf: schemas } } },
  }
}

const pathParameters = ({ name }: Route): readonly JsonSchema[] =>
  [...routes[name].path.matchAll(/:(\w+)/g)].map((match) => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

const queryParameters = ({ query }: Route): readonly JsonSchema[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(query)
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

const keyParameter = ({ keyed }: Route): readonly JsonSchema[] =>
  keyed === null
    ? []
    : [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'The first answer to a key is given again, with Idempotent-Replayed: true.',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
      ]

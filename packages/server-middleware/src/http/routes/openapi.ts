import { z } from 'zod'
import { defineRoute, type Route } from '../define-route.ts'
import { toOpenApi } from '../openapi.ts'

/** Describes the routes that it is given, and itself, when it is first asked. */
export const createOpenApiRoute = (routes: readonly Route[]): Route => {
  let document: ReturnType<typeof toOpenApi> | null = null
  const route: Route = defineRoute({
    name: 'getOpenApi',
    asks: 'public',
    reply: z.looseObject({ openapi: z.string() }),
    async run({ req }) {
      document ??= toOpenApi([...routes, route])
      return { ...document, servers: [{ url: req.baseUrl || '/' }] }
    },
  })
  return route
}

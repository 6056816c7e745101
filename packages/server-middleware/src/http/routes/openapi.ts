import { z } from 'zod'
import { defineRoute, type Route } from '../define-route.ts'
import { toOpenApi } from '../openapi.ts'

/** Describes the routes that it is given, and itself. */
export const createOpenApiRoute = (routes: readonly Route[]): Route => {
  const route: Route = defineRoute({
    name: 'getOpenApi',
    asks: 'public',
    reply: z.looseObject({ openapi: z.string() }),
    run: async ({ req }) => toOpenApi([...routes, route], req.baseUrl || '/'),
  })
  return route
}

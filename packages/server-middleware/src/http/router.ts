import { type RouteName, routes } from '@paywright/contract'
import { Router } from 'express'
import type { HttpContext, RouterContext } from './context.ts'
import type { Route } from './define-route.ts'
import { answering, enclose, refuseOtherMethods } from './ends.ts'
import { createRequestLimit, unlimited } from './rate-limit.ts'
import { listRoutes } from './route-list.ts'

/** All routes of the contract, to be mounted at any path, before or after body parsers. */
export const createRouter = (context: HttpContext): Router => createRouterWith(Router, context)

/** The same from another Express's routers. */
export const createRouterWith = (newRouter: () => Router, context: HttpContext): Router => {
  const { deps } = context
  const routerContext = toRouterContext(context)
  const served = listRoutes()
  const router = newRouter()
  for (const route of served) {
    const { method, path } = routes[route.name]
    const serve = answering(deps, (exchange) => route.serve(exchange, routerContext))
    if (method === 'GET') router.get(path, serve)
    else router.post(path, serve)
  }
  refuseOtherMethods(router, deps, allowedMethods(served))
  return enclose(newRouter(), router, deps)
}

const toRouterContext = (context: HttpContext): RouterContext => ({
  ...context,
  ...limitsOf(context.rateLimit),
})

/** A webhook that has to be fetched costs a request to the provider: busy ones pass, a flood does not. */
const refetchesPerPayment = 30

const limitsOf = (rateLimit: HttpContext['rateLimit']): Pick<RouterContext, 'paymentLimit' | 'refetchLimit'> => {
  if (!rateLimit) return { paymentLimit: unlimited, refetchLimit: unlimited }
  const { windowSeconds, limit } = rateLimit
  return {
    paymentLimit: createRequestLimit({ name: 'payments', windowSeconds, limit }),
    refetchLimit: createRequestLimit({ name: 'webhook-refetches', windowSeconds, limit: limit * refetchesPerPayment }),
  }
}

const allowedMethods = (served: readonly Route[]): ReadonlyMap<string, readonly string[]> => {
  const allowed = new Map<string, string[]>()
  for (const { name } of served) {
    const { method, path }: (typeof routes)[RouteName] = routes[name]
    allowed.set(path, [...(allowed.get(path) ?? []), ...(method === 'GET' ? ['GET', 'HEAD'] : [method])])
  }
  return allowed
}

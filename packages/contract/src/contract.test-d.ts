import { expectTypeOf, test } from 'vitest'
import type { AnyProblem, BillingErrorCode, Problem, RouteName, RouteTypes, routes } from './index.ts'

test('a code narrows a problem to its details', () => {
  const problem = {} as AnyProblem

  if (problem.code === 'insufficient_credits') expectTypeOf(problem.details.creditsNeeded).toEqualTypeOf<number>()
  if (problem.code === 'invalid_request') expectTypeOf(problem.details.fields).toExtend<{ path: string }[]>()
})

test('codes without details have none', () => {
  expectTypeOf<Problem<'not_found'>['details']>().toEqualTypeOf<undefined>()
})

test('every route has its types, and every type its route', () => {
  expectTypeOf<keyof RouteTypes>().toEqualTypeOf<RouteName>()
  expectTypeOf<keyof typeof routes>().toEqualTypeOf<RouteName>()
})

test('codes are a closed union', () => {
  expectTypeOf<'not_found'>().toExtend<BillingErrorCode>()
  expectTypeOf<'anything'>().not.toExtend<BillingErrorCode>()
})

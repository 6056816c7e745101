import type { ApiList, StripeObject } from '../../domain/objects/base.ts'
import { render } from '../../domain/render.ts'

const shown = 10

/** A list inside an object, with one more: Stripe shows the latest ten there. */
export const withLatest = <T extends StripeObject>(list: ApiList<T>, added: T): ApiList<T> => ({
  ...list,
  data: [render(added), ...list.data].slice(0, shown),
  has_more: list.has_more || list.data.length >= shown,
})

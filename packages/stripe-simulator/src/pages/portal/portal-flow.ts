import type { PortalView } from '../../portal-core.ts'

/** The field of a flow that carries what the flow is about. */
interface FlowSubject {
  readonly subscription?: string
  readonly items?: readonly { readonly price?: string; readonly quantity?: number }[]
}

interface AfterCompletion {
  readonly type: string
  readonly hosted_confirmation?: { readonly custom_message?: string | null } | null
  readonly redirect?: { readonly return_url: string } | null
}

export const portalPath = ({ session }: PortalView): string => `/_simulator/portal/${session.id}`

/** The portal's home. A session with a flow starts in its flow, so its home has to be asked for. */
export const homePath = (view: PortalView): string =>
  view.session.flow ? `${portalPath(view)}?at=home` : portalPath(view)

const queryOf = ({ items = [] }: FlowSubject): string => {
  const [item] = items
  const query = new URLSearchParams({
    ...(item?.price === undefined ? {} : { price: item.price }),
    ...(item?.quantity === undefined ? {} : { quantity: String(item.quantity) }),
  }).toString()
  return query === '' ? '' : `?${query}`
}

const verbs: Readonly<Record<string, string>> = { subscription_cancel: 'cancel', subscription_pause: 'pause' }

/** Where a deep link goes: `flow_data` of the session asks for one thing to be done. */
export const flowPath = (view: PortalView): string | undefined => {
  const { flow } = view.session
  if (!flow) return undefined
  if (flow.type === 'payment_method_update') return `${portalPath(view)}/payment-method`
  if (flow.type === 'customer_update') return `${portalPath(view)}/customer`
  const subject = (flow[flow.type] ?? {}) as FlowSubject
  const path = `${portalPath(view)}/subscriptions/${subject.subscription}`
  const verb = verbs[flow.type]
  return verb === undefined ? `${path}/switch${queryOf(subject)}` : `${path}/${verb}`
}

/** What a flow says when it is done, if it ends on a page of its own. */
export const confirmationOf = (view: PortalView): string | null | undefined => {
  const after = view.session.flow?.after_completion as AfterCompletion | undefined
  return after?.type === 'hosted_confirmation' ? (after.hosted_confirmation?.custom_message ?? null) : undefined
}

/** Where a customer goes when what they came for is done. */
export const donePath = (view: PortalView): string => {
  const after = view.session.flow?.after_completion as AfterCompletion | undefined
  if (after?.type === 'redirect' && after.redirect) return after.redirect.return_url
  return after?.type === 'hosted_confirmation' ? `${portalPath(view)}/done` : homePath(view)
}

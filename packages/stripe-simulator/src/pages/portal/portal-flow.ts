import type { PortalView } from '../../simulator-core.ts'

/** The field of a flow that carries what the flow is about. */
interface FlowSubject {
  readonly subscription?: string
  readonly items?: readonly { readonly price?: string }[]
}

interface AfterCompletion {
  readonly type: string
  readonly redirect?: { readonly return_url: string } | null
}

export const portalPath = ({ session }: PortalView): string => `/_simulator/portal/${session.id}`

/** The portal's home. A session with a flow starts in its flow, so its home has to be asked for. */
export const homePath = (view: PortalView): string =>
  view.session.flow ? `${portalPath(view)}?at=home` : portalPath(view)

/** Where a deep link goes: `flow_data` of the session asks for one thing to be done. */
export const flowPath = (view: PortalView): string | undefined => {
  const { flow } = view.session
  if (!flow) return undefined
  if (flow.type === 'payment_method_update') return `${portalPath(view)}/payment-method`
  const subject = flow[flow.type] as FlowSubject | undefined
  const path = `${portalPath(view)}/subscriptions/${subject?.subscription}`
  if (flow.type === 'subscription_cancel') return `${path}/cancel`
  const price = subject?.items?.[0]?.price
  return price === undefined ? `${path}/switch` : `${path}/switch?price=${price}`
}

/** Where a customer goes when what they came for is done. */
export const donePath = (view: PortalView): string => {
  const after = view.session.flow?.after_completion as AfterCompletion | undefined
  return after?.type === 'redirect' && after.redirect ? after.redirect.return_url : homePath(view)
}

import type { Price } from '../../domain/objects/catalog.ts'
import type { PortalSwitch } from '../../simulator-core.ts'
import type { Notice } from '../parts/notices.ts'
import type { Reply } from '../parts/reply.ts'
import { switchPage } from './portal-forms.ts'
import { done, type SubscriptionVisit } from './portal-visit.ts'
import { planOf } from './portal-words.ts'

const otherPrices = ({ core, view, subscription }: SubscriptionVisit): Price[] => {
  const taken = new Set(subscription.items.data.map(({ price }) => price.id))
  return view.priceIds.filter((id) => !taken.has(id)).flatMap((id) => core.find('price', id) ?? [])
}

/** The plans on offer, and what the chosen one costs today. */
export const offerSwitch = (visit: SubscriptionVisit, priceId: string, notice: Notice = {}): Reply => {
  const { core, view, subscription } = visit
  const prices = otherPrices(visit)
  const chosen = prices.find(({ id }) => id === priceId)
  const preview = chosen && core.portalPreviewSwitch(view.session.id, { subscriptionId: subscription.id, priceId })
  const page = switchPage(core, view, { subscription, prices, chosen, preview, ...notice })
  return { page, status: notice.trouble === undefined ? 200 : 402 }
}

/** With the date of the preview, so that it costs what was shown. */
export const switchPlan = (visit: SubscriptionVisit): Reply => {
  const { core, view, form, subscription } = visit
  const [priceId, prorationDate] = [form.text('price'), Number(form.text('prorationDate'))]
  const change: PortalSwitch = {
    subscriptionId: subscription.id,
    priceId,
    ...(prorationDate > 0 ? { prorationDate } : {}),
  }
  const outcome = core.portalSwitchPlan(view.session.id, change)
  if (outcome.status === 'requires_action') return { goTo: outcome.challengeUrl }
  if (outcome.status === 'declined') return offerSwitch(visit, priceId, { trouble: outcome.message })
  const price = core.find('price', priceId)
  return done(visit, { good: `You are on ${price ? planOf(core, price).name : 'your new plan'} now.` })
}

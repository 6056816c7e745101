import type { Price } from '../../domain/objects/catalog.ts'
import type { PortalSwitch, SwitchPreview } from '../../portal-core.ts'
import type { FormInput } from '../parts/form-input.ts'
import type { Notice } from '../parts/notices.ts'
import type { Reply } from '../parts/reply.ts'
import { switchPage } from './portal-forms.ts'
import { done, type SubscriptionVisit } from './portal-visit.ts'
import { planOf } from './portal-words.ts'

/** Prices to choose from: the others, and the present one where it is the quantity that can change. */
const pricesFor = ({ core, view, subscription }: SubscriptionVisit): Price[] => {
  const present = subscription.items.data.map(({ price }) => price.id)
  const others = view.priceIds.filter((id) => !present.includes(id))
  return others.flatMap((id) => core.find('price', id) ?? [])
}

/** What somebody asks to have: a price, a quantity, a code. */
export const wantedIn = (form: FormInput): Omit<PortalSwitch, 'subscriptionId'> => {
  const [priceId, quantity, promotionCode] = [
    form.text('price'),
    Number(form.text('quantity')),
    form.text('promotionCode'),
  ]
  const prorationDate = Number(form.text('prorationDate'))
  return {
    ...(priceId === '' ? {} : { priceId }),
    ...(quantity > 0 ? { quantity } : {}),
    ...(promotionCode === '' ? {} : { promotionCode }),
    ...(prorationDate > 0 ? { prorationDate } : {}),
  }
}

const isChange = ({ subscription }: SubscriptionVisit, { priceId, quantity }: Omit<PortalSwitch, 'subscriptionId'>) => {
  const [item] = subscription.items.data
  return (
    (priceId !== undefined && priceId !== item?.price.id) || (quantity !== undefined && quantity !== item?.quantity)
  )
}

const chosenOf = ({ core, subscription }: SubscriptionVisit, priceId: string | undefined): Price | undefined =>
  priceId === undefined ? subscription.items.data[0]?.price : core.find('price', priceId)

/** The plans on offer, and what the chosen one costs today. */
export const offerSwitch = (
  visit: SubscriptionVisit,
  wanted: Omit<PortalSwitch, 'subscriptionId'>,
  notice: Notice = {},
): Reply => {
  const { core, view, subscription } = visit
  const isAsked = isChange(visit, wanted)
  const { prorationDate: _shown, ...change } = wanted
  const preview: SwitchPreview | undefined = isAsked
    ? core.portalPreviewSwitch(view.session.id, { subscriptionId: subscription.id, ...change })
    : undefined
  const page = switchPage(core, view, {
    subscription,
    prices: pricesFor(visit),
    chosen: isAsked ? chosenOf(visit, wanted.priceId) : undefined,
    quantity: wanted.quantity,
    promotionCode: wanted.promotionCode,
    preview,
    ...notice,
  })
  return { page, status: notice.trouble === undefined ? 200 : 402 }
}

/** With the date of the preview, so that it costs what was shown. */
export const switchPlan = (visit: SubscriptionVisit): Reply => {
  const { core, view, form, subscription } = visit
  const wanted = wantedIn(form)
  const change = { subscriptionId: subscription.id, ...wanted }
  const { startsAt } = core.portalPreviewSwitch(view.session.id, change)
  const outcome = core.portalSwitchPlan(view.session.id, change)
  if (outcome.status === 'requires_action') return { goTo: outcome.challengeUrl }
  if (outcome.status === 'declined') return offerSwitch(visit, wanted, { trouble: outcome.message })
  const price = chosenOf(visit, wanted.priceId)
  const name = price ? planOf(core, price).name : 'your new plan'
  return done(visit, {
    good: startsAt === undefined ? `You are on ${name} now.` : `You will be on ${name} when your period is over.`,
  })
}

import type { PauseInterval } from '../../domain/objects/account.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { PortalView } from '../../portal-core.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { day, money } from '../parts/display.ts'
import { homePath } from './portal-flow.ts'
import { onPage, pathTo } from './portal-frame.ts'
import { durationInWords, periodEnd, planOf, reasons } from './portal-words.ts'

const namesOf = (core: SimulatorCore, { items }: Subscription): string =>
  items.data.map(({ price }) => planOf(core, price).name).join(', ')

const reasonChoice = (reason: string, words: string): Html => html`
<label class="choice"><input type="radio" name="reason" value="${reason}"> ${words}</label>`

const ownReasons = (core: SimulatorCore, ids: readonly string[]): Html[] =>
  ids.map((id) => reasonChoice(id, core.find('billing.feedback_option', id)?.description ?? id))

const whyLeave = (core: SimulatorCore, view: PortalView): Content => {
  const { enabled, feedback_options, options } = view.configuration.features.subscription_cancel.cancellation_reason
  if (!enabled) return null
  return html`<fieldset><legend>Why do you cancel? (optional)</legend>${options.map((reason) => reasonChoice(reason, reasons[reason] ?? reason))}
${ownReasons(core, feedback_options ?? [])}</fieldset>
<div class="field"><label for="comment">Anything else? (optional)</label><textarea id="comment" name="comment" rows="3"></textarea></div>`
}

interface Retention {
  readonly coupon_offer: { readonly coupon: string }
}

const couponInWords = (core: SimulatorCore, id: string): string => {
  const coupon = core.find('coupon', id)
  if (!coupon) return 'a discount'
  const off =
    coupon.percent_off === null ? money(coupon.amount_off ?? 0, coupon.currency ?? 'usd') : `${coupon.percent_off}%`
  return coupon.duration === 'once' ? `${off} off the next bill` : `${off} off`
}

/** What a flow offers to whoever stays. */
const offer = (core: SimulatorCore, view: PortalView, subscription: Subscription): Content => {
  const cancel = view.session.flow?.subscription_cancel as { readonly retention?: Retention | null } | null | undefined
  const coupon = cancel?.retention?.coupon_offer.coupon
  if (coupon === undefined) return null
  return html`<form method="post" action="${pathTo(view, subscription)}/offer" class="offer" data-once>
<p><strong>Stay, and get ${couponInWords(core, coupon)}.</strong></p><button class="primary">Accept the offer</button></form>`
}

/** Asks once more, says what will happen and when, and why it happens. */
export const cancelPage = (core: SimulatorCore, view: PortalView, subscription: Subscription): string => {
  const names = namesOf(core, subscription)
  const isLater = view.configuration.features.subscription_cancel.mode === 'at_period_end'
  const consequence = isLater
    ? `You keep it until ${day(periodEnd(subscription))}, and are not charged again.`
    : 'It ends at once, and you are not charged again.'
  return onPage(
    view,
    `Cancel ${names}`,
    html`<p>${consequence}</p>${offer(core, view, subscription)}
<form method="post" action="${pathTo(view, subscription)}/cancel" data-once>${whyLeave(core, view)}
<div class="choices"><a class="second" href="${homePath(view)}">Keep ${names}</a>
<button class="primary danger">Cancel ${names}</button></div></form>`,
  )
}

/** A duration as a form sends it: `2 month`. */
export const durationValue = ({ interval, interval_count: count }: PauseInterval): string => `${count} ${interval}`

const durationChoice = (option: PauseInterval, index: number): Html => html`
<label class="choice"><input type="radio" name="duration" value="${durationValue(option)}" required${index === 0 && html` checked`}> ${durationInWords(option)}</label>`

/** How long it stands still, and what that means. */
export const pausePage = (core: SimulatorCore, view: PortalView, subscription: Subscription): string => {
  const names = namesOf(core, subscription)
  const { type, interval_options: options } = view.configuration.features.subscription_pause.duration
  const lasts = type === 'indefinite' ? 'until you resume it' : 'for a while'
  return onPage(
    view,
    `Pause ${names}`,
    html`<p>It stands still ${lasts}: you do not have it, and are not charged.</p>
<form method="post" action="${pathTo(view, subscription)}/pause" data-once>
${type === 'interval_options' && html`<fieldset><legend>For how long?</legend>${options.map(durationChoice)}</fieldset>`}
<div class="choices"><a class="second" href="${homePath(view)}">Keep ${names}</a><button class="primary">Pause ${names}</button></div></form>`,
  )
}

import type { Recipient } from '../domain/notification.ts'
import { linkTo, type MailTemplates } from './letter.ts'

const hello = ({ name }: Recipient): string => (name ? `Hello ${name},` : 'Hello,')

const declineReason = (code: string): string => {
  if (code === 'no_payment_method') return 'There is no payment method on file. Please add one.'
  if (code === 'not_for_sale') return 'What it was to buy is no longer for sale. Please choose something else.'
  if (code === 'authentication_required') return 'Your bank wants you to confirm it. Please buy once in person.'
  return 'Please check your payment method, or buy with another one.'
}

export const english: MailTemplates = {
  receipt({ effect, recipient, appName, money }) {
    const amount = money(effect.amountMinor, effect.currency)
    const subject = `Your receipt from ${appName}: ${amount}`
    if (effect.type === 'purchase.succeeded') {
      const bought = `You bought ${effect.packName} for ${amount}. Thank you.`
      return { subject, paragraphs: [hello(recipient), bought, `Reference: ${effect.paymentId}`] }
    }
    const paragraphs = [hello(recipient), `We received ${amount}. Thank you.`, `Reference: ${effect.providerInvoiceId}`]
    return { subject, paragraphs, link: linkTo(effect.url, 'See the invoice') }
  },
  refunded({ effect, recipient, appName, money }) {
    const amount = money(effect.amountMinor, effect.currency)
    const refunded = `We refunded ${amount}. Depending on your bank, it arrives within a few days.`
    const taken = effect.credits > 0 ? ['The credits that were bought with it are no longer available.'] : []
    const paragraphs = [hello(recipient), refunded, ...taken, `Reference: ${effect.paymentId}`]
    return { subject: `${appName} refunded ${amount}`, paragraphs }
  },
  payment_failed({ effect, recipient, appName, money }) {
    const failed = `We could not take your payment of ${money(effect.amountDueMinor, effect.currency)}.`
    const ask = 'Please check your payment method or pay the invoice, so that nothing is interrupted.'
    const link = linkTo(effect.url, 'Pay the invoice')
    return { subject: `${appName}: your payment failed`, paragraphs: [hello(recipient), failed, ask], link }
  },
  trial_ending({ effect, recipient, appName, billingUrl, date }) {
    const ends = `Your trial of ${appName} ends on ${date(effect.endsAt)}.`
    const then = 'After that your plan is billed. If you do not want that, cancel before.'
    const link = linkTo(billingUrl, 'Look after your plan')
    return { subject: `Your trial ends on ${date(effect.endsAt)}`, paragraphs: [hello(recipient), ends, then], link }
  },
  action_required({ effect, recipient, appName, money }) {
    const amount = money(effect.amountDueMinor, effect.currency)
    const ask = `Your bank wants you to confirm the payment of ${amount}. Until then it is not made.`
    const link = linkTo(effect.url, 'Confirm the payment')
    return { subject: `${appName}: please confirm your payment`, paragraphs: [hello(recipient), ask], link }
  },
  subscription_canceled({ recipient, appName, billingUrl }) {
    const ended = `Your subscription to ${appName} has ended. You will not be charged for it any more.`
    const link = linkTo(billingUrl, 'Subscribe again')
    return { subject: `Your subscription to ${appName} has ended`, paragraphs: [hello(recipient), ended], link }
  },
  dispute_opened({ effect, appName, money, date }) {
    const amount = money(effect.amountMinor, effect.currency)
    const { accountId, paymentId, disputeId, evidenceDueAt } = effect
    const due = evidenceDueAt ? `Evidence is due by ${date(evidenceDueAt)}.` : 'No evidence is asked for.'
    const facts = `Account ${accountId}, payment ${paymentId}, dispute ${disputeId}.`
    return {
      subject: `${appName}: a payment of ${amount} is disputed`,
      paragraphs: [`A payment of ${amount} is disputed.`, facts, due],
    }
  },
  low_credits({ effect, recipient, appName, billingUrl, number }) {
    const left = `${number(Math.max(0, effect.available) / effect.scale)} ${effect.unit}`
    const paragraphs = [hello(recipient), `You have ${left} left at ${appName}. Buy more before they run out.`]
    return { subject: `${left} left at ${appName}`, paragraphs, link: linkTo(billingUrl, 'Buy more') }
  },
  dead_letter({ effect, appName }) {
    const { eventId, eventType, error } = effect
    const given = `The event ${eventId} (${eventType}) could not be applied, and nobody tries again: ${error}`
    const ask = 'It is kept, and so are others that may have met the same end. Once the cause is gone, replay them.'
    return { subject: `${appName}: an event was given up (${eventType})`, paragraphs: [given, ask] }
  },
  top_up_declined({ effect, recipient, appName, billingUrl }) {
    const stopped = effect.isStopped ? ['We will not try again until you set it up anew.'] : []
    const paragraphs = [hello(recipient), 'Your top-up did not go through.', declineReason(effect.code), ...stopped]
    return {
      subject: `${appName}: your top-up failed`,
      paragraphs,
      link: linkTo(billingUrl, 'Look after your billing'),
    }
  },
  duplicate_subscription({ effect, appName }) {
    const { accountId, olderSubscriptionId, providerSubscriptionId } = effect
    const facts = `Account ${accountId} pays for two: ${olderSubscriptionId} and the newer ${providerSubscriptionId}.`
    const ask = 'Find out which one is meant, cancel the other and refund what it cost.'
    return { subject: `${appName}: an account has two subscriptions`, paragraphs: [facts, ask] }
  },
}

import { type CardBehaviour, type Refusal, refusal } from './card.ts'

/** How an attempt is made: it decides whether the customer can be asked. */
export interface Attempt {
  /** The customer is not there. */
  readonly offSession?: boolean
  /** The customer has just proved who they are. */
  readonly authenticated?: boolean
  readonly errorOnRequiresAction?: boolean
  /** The seller wants the customer to prove who they are. */
  readonly requested?: boolean
  /** An absent customer can be asked later: Stripe does so for invoices. */
  readonly mayAsk?: boolean
}

export type Verdict =
  | { readonly kind: 'succeed' }
  | { readonly kind: 'ask' }
  | { readonly kind: 'decline'; readonly refusal: Refusal }

const mustAsk = (card: CardBehaviour, attempt: Attempt, setUp: boolean): boolean => {
  if (attempt.authenticated === true || card.authentication === 'never') return false
  if (attempt.requested === true) return true
  if (card.authentication === 'onRequest') return false
  return card.authentication === 'always' || !(attempt.offSession === true && setUp)
}

const cannotAsk = (attempt: Attempt): boolean =>
  attempt.errorOnRequiresAction === true || (attempt.offSession === true && attempt.mayAsk !== true)

const decline = (reason: Refusal): Verdict => ({ kind: 'decline', refusal: reason })

/** What the bank says to a charge. `setUp`: the card was authenticated for later use before. */
export const judgeCharge = (card: CardBehaviour, attempt: Attempt, setUp: boolean): Verdict => {
  if (mustAsk(card, attempt, setUp)) {
    return cannotAsk(attempt) ? decline(refusal('authentication_required', 'authentication_required')) : { kind: 'ask' }
  }
  return card.decline ? decline(card.decline) : { kind: 'succeed' }
}

/** What the bank says to saving a card. */
export const judgeSetup = (card: CardBehaviour, attempt: Attempt): Verdict => {
  if (mustAsk(card, attempt, false)) {
    return cannotAsk(attempt) ? decline(refusal('authentication_required', 'authentication_required')) : { kind: 'ask' }
  }
  return card.decline && !card.savable ? decline(card.decline) : { kind: 'succeed' }
}

/** A number of Stripe's test mode that forms offer, and what comes of it in a few words. */
export interface TestCard {
  readonly number: string
  readonly outcome: Readonly<Record<'en' | 'de', string>>
}

/** The most used first. How each of them behaves is the simulator's `domain/card.ts`. */
export const testCards: readonly TestCard[] = [
  { number: '4242424242424242', outcome: { en: 'Payment succeeds', de: 'Zahlung gelingt' } },
  { number: '4000000000000002', outcome: { en: 'Card declined', de: 'Karte abgelehnt' } },
  { number: '4000000000009995', outcome: { en: 'Insufficient funds', de: 'Deckung reicht nicht' } },
  { number: '4000002500003155', outcome: { en: '3-D Secure, first time', de: '3-D Secure, beim ersten Mal' } },
  { number: '4000002760003184', outcome: { en: '3-D Secure, every time', de: '3-D Secure, jedes Mal' } },
  { number: '4000008260003178', outcome: { en: '3-D Secure, then no funds', de: '3-D Secure, dann keine Deckung' } },
  { number: '4000000000000341', outcome: { en: 'Can be saved, not charged', de: 'Speichern geht, Zahlen nicht' } },
  { number: '4000000000000069', outcome: { en: 'Expired card', de: 'Karte abgelaufen' } },
  { number: '4000000000000127', outcome: { en: 'Wrong security code', de: 'Falscher Sicherheitscode' } },
  { number: '4000000000000119', outcome: { en: 'Processing error', de: 'Fehler bei der Verarbeitung' } },
  { number: '4000000000009987', outcome: { en: 'Lost card', de: 'Karte verloren' } },
  { number: '4000000000009979', outcome: { en: 'Stolen card', de: 'Karte gestohlen' } },
  { number: '4000000000003220', outcome: { en: '3-D Secure 2, required', de: '3-D Secure 2, verlangt' } },
  { number: '4000008400001629', outcome: { en: '3-D Secure, then declined', de: '3-D Secure, dann abgelehnt' } },
  { number: '4000000000000259', outcome: { en: 'Succeeds, is disputed', de: 'Gelingt, wird angefochten' } },
  { number: '4000000000005126', outcome: { en: 'Succeeds, refund fails', de: 'Gelingt, Erstattung scheitert' } },
  { number: '5555555555554444', outcome: { en: 'Mastercard, succeeds', de: 'Mastercard, gelingt' } },
  { number: '378282246310005', outcome: { en: 'Amex, succeeds', de: 'Amex, gelingt' } },
]

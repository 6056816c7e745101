import type { FieldProblem } from '../card/validate.ts'

export interface Messages {
  readonly language: 'en' | 'de'
  readonly simulated: string
  readonly fillWith: string
  readonly number: string
  readonly expiry: string
  readonly expiryHint: string
  readonly cvc: string
  readonly cvcHint: string
  readonly country: string
  readonly postal: Readonly<Record<'US' | 'other', string>>
  readonly challenge: {
    readonly title: string
    readonly body: string
    readonly complete: string
    readonly fail: string
    /** After it was failed. */
    readonly failed: string
  }
  readonly problems: Readonly<Record<FieldProblem, string>>
  readonly savedCards: string
  readonly anotherCard: string
  readonly expires: string
  readonly save: string
  readonly endingIn: (last4: string) => string
  readonly express: {
    /** Above the question, and on the button. */
    readonly name: string
    readonly verbs: Readonly<Record<string, string>>
    readonly body: string
    readonly card: string
    readonly delivery: string
    readonly cancel: string
    readonly pay: string
    readonly waiting: string
    readonly failed: string
  }
  readonly frame: string
  readonly contact: Readonly<Record<'name' | 'line1' | 'line2' | 'city' | 'state' | 'missing', string>>
}

export const english: Messages = {
  language: 'en',
  simulated: 'Simulated: no money moves',
  fillWith: 'Fill with a test card',
  number: 'Card number',
  expiry: 'Expiration date',
  expiryHint: 'MM / YY',
  cvc: 'Security code',
  cvcHint: 'CVC',
  country: 'Country',
  postal: { US: 'ZIP code', other: 'Postal code' },
  challenge: {
    title: 'Confirm this payment with your bank',
    body: 'Your bank asks whether it is you who pays (3-D Secure). This is a simulation: choose how it ends.',
    complete: 'Complete',
    fail: 'Fail',
    failed:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  },
  problems: {
    incomplete_number: 'Your card number is incomplete.',
    invalid_number: 'Your card number is invalid.',
    incomplete_expiry: "Your card's expiration date is incomplete.",
    invalid_expiry_month: "Your card's expiration month is invalid.",
    invalid_expiry_year_past: "Your card's expiration date is in the past.",
    incomplete_cvc: "Your card's security code is incomplete.",
    incomplete_zip: 'Your postal code is incomplete.',
  },
  savedCards: 'Saved cards',
  anotherCard: 'Another card',
  expires: 'expires',
  save: 'Save this card for the next time',
  endingIn: (last4) => `ending in ${last4}`,
  express: {
    name: 'Google Pay',
    verbs: {
      book: 'Book with',
      buy: 'Buy with',
      checkout: 'Check out with',
      donate: 'Donate with',
      order: 'Order with',
      pay: 'Pay with',
      plain: '',
      subscribe: 'Subscribe with',
    },
    body: 'This stands for the sheet of a wallet. Choose a card, and how it ends.',
    card: 'Card',
    delivery: 'Shipping method',
    cancel: 'Cancel',
    pay: 'Pay',
    waiting: 'Paying…',
    failed: 'The payment did not go through.',
  },
  frame: 'Secure payment, simulated',
  contact: {
    name: 'Full name',
    line1: 'Address',
    line2: 'Address, second line (optional)',
    city: 'City',
    state: 'State or region (optional)',
    missing: 'This is needed.',
  },
}

export const german: Messages = {
  language: 'de',
  simulated: 'Simuliert: es fließt kein Geld',
  fillWith: 'Testkarte einsetzen',
  number: 'Kartennummer',
  expiry: 'Ablaufdatum',
  expiryHint: 'MM / JJ',
  cvc: 'Sicherheitscode',
  cvcHint: 'CVC',
  country: 'Land',
  postal: { US: 'Postleitzahl', other: 'Postleitzahl' },
  challenge: {
    title: 'Zahlung bei der Bank bestätigen',
    body: 'Die Bank fragt, ob wirklich du zahlst (3-D Secure). Dies ist eine Simulation: wähle, wie es ausgeht.',
    complete: 'Bestätigen',
    fail: 'Ablehnen',
    failed: 'Die Zahlungsmethode konnte nicht bestätigt werden. Wähle eine andere und versuche es noch einmal.',
  },
  problems: {
    incomplete_number: 'Die Kartennummer ist unvollständig.',
    invalid_number: 'Die Kartennummer ist ungültig.',
    incomplete_expiry: 'Das Ablaufdatum ist unvollständig.',
    invalid_expiry_month: 'Der Monat des Ablaufdatums ist ungültig.',
    invalid_expiry_year_past: 'Das Ablaufdatum liegt in der Vergangenheit.',
    incomplete_cvc: 'Der Sicherheitscode ist unvollständig.',
    incomplete_zip: 'Die Postleitzahl ist unvollständig.',
  },
  savedCards: 'Gespeicherte Karten',
  anotherCard: 'Eine andere Karte',
  expires: 'gültig bis',
  save: 'Karte für das nächste Mal speichern',
  endingIn: (last4) => `mit den Endziffern ${last4}`,
  express: {
    name: 'Google Pay',
    verbs: {
      book: 'Buchen mit',
      buy: 'Kaufen mit',
      checkout: 'Zur Kasse mit',
      donate: 'Spenden mit',
      order: 'Bestellen mit',
      pay: 'Zahlen mit',
      plain: '',
      subscribe: 'Abonnieren mit',
    },
    body: 'Dies steht für das Fenster eines Wallets. Wähle eine Karte und wie es ausgeht.',
    card: 'Karte',
    delivery: 'Versandart',
    cancel: 'Abbrechen',
    pay: 'Zahlen',
    waiting: 'Zahlung läuft…',
    failed: 'Die Zahlung ist nicht durchgegangen.',
  },
  frame: 'Sichere Zahlung, simuliert',
  contact: {
    name: 'Vor- und Nachname',
    line1: 'Adresse',
    line2: 'Adresszusatz (freiwillig)',
    city: 'Ort',
    state: 'Bundesland oder Region (freiwillig)',
    missing: 'Diese Angabe fehlt.',
  },
}

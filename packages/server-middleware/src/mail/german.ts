import type { Recipient } from '../domain/notification.ts'
import { linkTo, type MailTemplates } from './letter.ts'

const hello = ({ name }: Recipient): string => (name ? `Guten Tag ${name},` : 'Guten Tag,')

const declineReason = (code: string): string => {
  if (code === 'no_payment_method') return 'Es ist kein Zahlungsmittel hinterlegt. Bitte fügen Sie eines hinzu.'
  if (code === 'not_for_sale') return 'Das Paket wird nicht mehr angeboten. Bitte wählen Sie ein anderes.'
  if (code === 'authentication_required')
    return 'Ihre Bank verlangt eine Bestätigung. Bitte kaufen Sie einmal selbst ein.'
  return 'Bitte prüfen Sie Ihr Zahlungsmittel oder kaufen Sie mit einem anderen.'
}

export const german: MailTemplates = {
  receipt({ effect, recipient, appName, money }) {
    const amount = money(effect.amountMinor, effect.currency)
    const subject = `Ihre Quittung von ${appName}: ${amount}`
    if (effect.type === 'purchase.succeeded') {
      const bought = `Sie haben ${effect.packName} für ${amount} gekauft. Vielen Dank.`
      return { subject, paragraphs: [hello(recipient), bought, `Referenz: ${effect.paymentId}`] }
    }
    const received = `Wir haben ${amount} erhalten. Vielen Dank.`
    const paragraphs = [hello(recipient), received, `Referenz: ${effect.providerInvoiceId}`]
    return { subject, paragraphs, link: linkTo(effect.url, 'Rechnung ansehen') }
  },
  refunded({ effect, recipient, appName, money }) {
    const amount = money(effect.amountMinor, effect.currency)
    const refunded = `Wir haben ${amount} erstattet. Je nach Bank ist das Geld in einigen Tagen da.`
    const taken = effect.credits > 0 ? ['Das damit gekaufte Guthaben steht nicht mehr zur Verfügung.'] : []
    const paragraphs = [hello(recipient), refunded, ...taken, `Referenz: ${effect.paymentId}`]
    return { subject: `${appName} hat ${amount} erstattet`, paragraphs }
  },
  payment_failed({ effect, recipient, appName, money }) {
    const failed = `Ihre Zahlung über ${money(effect.amountDueMinor, effect.currency)} ist fehlgeschlagen.`
    const ask = 'Bitte prüfen Sie Ihr Zahlungsmittel oder bezahlen Sie die Rechnung, damit nichts unterbrochen wird.'
    const link = linkTo(effect.url, 'Rechnung bezahlen')
    return { subject: `${appName}: Zahlung fehlgeschlagen`, paragraphs: [hello(recipient), failed, ask], link }
  },
  trial_ending({ effect, recipient, appName, billingUrl, date }) {
    const ends = `Ihre Probezeit bei ${appName} endet am ${date(effect.endsAt)}.`
    const then = 'Danach wird Ihr Tarif berechnet. Wenn Sie das nicht wünschen, kündigen Sie bitte vorher.'
    const link = linkTo(billingUrl, 'Tarif verwalten')
    return {
      subject: `Ihre Probezeit endet am ${date(effect.endsAt)}`,
      paragraphs: [hello(recipient), ends, then],
      link,
    }
  },
  action_required({ effect, recipient, appName, money }) {
    const amount = money(effect.amountDueMinor, effect.currency)
    const ask = `Ihre Bank bittet Sie, die Zahlung über ${amount} zu bestätigen. Vorher wird sie nicht ausgeführt.`
    const link = linkTo(effect.url, 'Zahlung bestätigen')
    return { subject: `${appName}: bitte Zahlung bestätigen`, paragraphs: [hello(recipient), ask], link }
  },
  subscription_canceled({ recipient, appName, billingUrl }) {
    const ended = `Ihr Abonnement bei ${appName} ist beendet. Es wird nichts mehr dafür berechnet.`
    const link = linkTo(billingUrl, 'Erneut abonnieren')
    return { subject: `Ihr Abonnement bei ${appName} ist beendet`, paragraphs: [hello(recipient), ended], link }
  },
  dispute_opened({ effect, appName, money, date }) {
    const amount = money(effect.amountMinor, effect.currency)
    const { accountId, paymentId, disputeId, evidenceDueAt } = effect
    const due = evidenceDueAt ? `Belege sind bis ${date(evidenceDueAt)} fällig.` : 'Es werden keine Belege verlangt.'
    const facts = `Konto ${accountId}, Zahlung ${paymentId}, Vorgang ${disputeId}.`
    return {
      subject: `${appName}: eine Zahlung über ${amount} wird angefochten`,
      paragraphs: [`Eine Zahlung über ${amount} wird angefochten.`, facts, due],
    }
  },
  low_credits({ effect, recipient, appName, billingUrl, number }) {
    const left = `${number(Math.max(0, effect.available) / effect.scale)} ${effect.unit}`
    const paragraphs = [hello(recipient), `Ihr Guthaben bei ${appName}: ${left}. Laden Sie es rechtzeitig auf.`]
    return { subject: `Ihr Guthaben bei ${appName}: ${left}`, paragraphs, link: linkTo(billingUrl, 'Aufladen') }
  },
  dead_letter({ effect, appName }) {
    const { eventId, eventType, error } = effect
    const given = `Das Ereignis ${eventId} (${eventType}) ließ sich nicht anwenden und wird nicht mehr versucht: ${error}`
    const ask =
      'Es ist aufbewahrt, ebenso andere, denen es vielleicht ebenso ging. Spielen Sie sie erneut ein, sobald die Ursache behoben ist.'
    return { subject: `${appName}: ein Ereignis wurde aufgegeben (${eventType})`, paragraphs: [given, ask] }
  },
  top_up_declined({ effect, recipient, appName, billingUrl }) {
    const stopped = effect.isStopped ? ['Wir versuchen es erst wieder, wenn Sie es neu einrichten.'] : []
    const failed = 'Ihr Guthaben konnte nicht automatisch aufgeladen werden.'
    const paragraphs = [hello(recipient), failed, declineReason(effect.code), ...stopped]
    const link = linkTo(billingUrl, 'Abrechnung verwalten')
    return { subject: `${appName}: automatisches Aufladen fehlgeschlagen`, paragraphs, link }
  },
  duplicate_subscription({ effect, appName }) {
    const { accountId, olderSubscriptionId, providerSubscriptionId } = effect
    const facts = `Konto ${accountId} bezahlt für zwei: ${olderSubscriptionId} und das neuere ${providerSubscriptionId}.`
    const ask = 'Klären Sie, welches gemeint ist, kündigen Sie das andere und erstatten Sie, was es gekostet hat.'
    return { subject: `${appName}: ein Konto hat zwei Abonnements`, paragraphs: [facts, ask] }
  },
}

import type { StripeEvent } from '../../domain/objects/account.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Html, html } from '../html.ts'
import { moment } from '../parts/display.ts'
import type { DeliveryView } from './admin-client.ts'
import { status, table } from './tables.ts'

const shown = 40

const attemptsOf = ({ attempts }: DeliveryView): string => {
  if (attempts.length === 0) return 'not tried yet'
  const codes = attempts.slice(-5).map((attempt) => (attempt.status === 0 ? 'no answer' : String(attempt.status)))
  return `${attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`}: ${codes.join(', ')}`
}

const deliveryLine = (delivery: DeliveryView): Html => html`
<li>${status(delivery.state)} <span class="quiet">${attemptsOf(delivery)} → ${new URL(delivery.url).host}</span></li>`

const deliveryList = (deliveries: readonly DeliveryView[]): Html =>
  deliveries.length === 0
    ? html`<span class="quiet">nobody listens for it</span>`
    : html`<ul class="plain">${deliveries.map(deliveryLine)}</ul>`

const again = ({ id, type, data }: StripeEvent): Html => html`
<form method="post" action="/_simulator/desk/redeliver"><button class="second small" name="event" value="${id}"
 aria-label="Redeliver ${type} of ${data.object.id}">Redeliver</button></form>`

const eventRow = (event: StripeEvent, deliveries: readonly DeliveryView[]): Html => html`
<tr><th scope="row"><details><summary>${event.type}</summary><pre tabindex="0">${JSON.stringify(event.data, null, 2)}</pre></details></th>
<td><code>${event.data.object.id}</code></td><td>${moment(event.created)}</td><td>${deliveryList(deliveries)}</td>
<td>${deliveries.length > 0 && again(event)}</td></tr>`

/** What Stripe told the world, and how the world answered. */
export const events = (core: SimulatorCore, deliveries: readonly DeliveryView[]): Html =>
  table({
    id: 'events',
    title: 'Events and deliveries',
    columns: ['Event', 'About', 'When', 'Delivery', 'Again'],
    rows: core
      .list('event')
      .slice(0, shown)
      .map((event) =>
        eventRow(
          event,
          deliveries.filter(({ eventId }) => eventId === event.id),
        ),
      ),
    empty: 'None yet. Each change of an object makes one.',
  })

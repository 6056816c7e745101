/** What the hosted pages do beyond plain HTML. They work without it. */

const fill = (form: HTMLFormElement, values: DOMStringMap): void => {
  for (const name of ['number', 'expiry', 'cvc']) {
    const input = form.elements.namedItem(name)
    if (input instanceof HTMLInputElement) input.value = values[name === 'number' ? 'card' : name] ?? ''
  }
}

/** A test card fills the form in place, and what was typed elsewhere stays. */
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-card]') : null
  const form = link?.closest('form')
  if (!link || !form) return
  event.preventDefault()
  fill(form, link.dataset)
  form.querySelector<HTMLInputElement>('input[name="saved"][value="new"]')?.click()
  link.closest('details')?.removeAttribute('open')
  form.querySelector<HTMLButtonElement>('button.primary')?.focus()
})

/** A form is sent once, however often somebody presses. */
document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-once')) return
  if (form.getAttribute('aria-busy') === 'true') event.preventDefault()
  else form.setAttribute('aria-busy', 'true')
})

/** Coming back through the browser's history, the form can be sent again. */
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[aria-busy]')) form.removeAttribute('aria-busy')
})

/** What changes the amounts does so at once; the buttons are for pages without this script. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-change]')) button.hidden = true

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.hasAttribute('data-changes') || !target.form) return
  const button = document.querySelector<HTMLButtonElement>('button[data-change]')
  if (button && target.reportValidity()) target.form.requestSubmit(button)
})

/** In a frame, the page around it hears how tall this one is, and that all is done. */
const tellAround = (message: object): void => window.parent.postMessage({ from: 'stripe-simulator', ...message }, '*')

if (document.documentElement.hasAttribute('data-framed') && window.parent !== window) {
  new ResizeObserver(() => tellAround({ height: document.documentElement.offsetHeight })).observe(document.body)
  const done = document.querySelector<HTMLElement>('[data-checkout="complete"]')
  if (done) tellAround({ isComplete: true, returnUrl: done.dataset.returnUrl ?? null })
}

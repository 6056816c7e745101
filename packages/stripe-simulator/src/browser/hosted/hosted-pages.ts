/** What the hosted pages do beyond plain HTML. They work without it. */

const enter = (form: HTMLFormElement, name: string, value: string): void => {
  const field = form.elements.namedItem(name)
  if (field instanceof HTMLInputElement || field instanceof RadioNodeList) field.value = value
}

const valuesOf = (link: HTMLElement): Record<string, string> => JSON.parse(link.dataset.fill ?? '{}')

/** A test card fills the form in place, and what was typed elsewhere stays. */
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-fill]') : null
  const form = link?.closest('form')
  if (!link || !form) return
  event.preventDefault()
  for (const [name, value] of Object.entries(valuesOf(link))) enter(form, name, value)
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

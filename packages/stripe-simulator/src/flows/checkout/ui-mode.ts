import { invalidRequest, missingParam, notSimulated } from '../../domain/failure.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { World } from '../../world.ts'
import type { SessionInput } from './session-input.ts'

type UiMode = CheckoutSession['ui_mode']
type Param = keyof SessionInput

/** What belongs to some ways of showing a session only. */
const belongs: readonly (readonly [Param, readonly UiMode[]])[] = [
  ['success_url', ['hosted_page']],
  ['cancel_url', ['hosted_page']],
  ['return_url', ['embedded_page', 'elements']],
  ['redirect_on_completion', ['embedded_page']],
  ['permissions', ['embedded_page', 'elements']],
  ['after_expiration', ['hosted_page', 'embedded_page']],
  ['branding_settings', ['hosted_page', 'embedded_page']],
  ['custom_fields', ['hosted_page', 'embedded_page']],
  ['custom_text', ['hosted_page', 'embedded_page']],
  ['optional_items', ['hosted_page', 'embedded_page']],
  ['submit_type', ['hosted_page', 'embedded_page']],
]

const uiModeOf = ({ ui_mode }: SessionInput): UiMode => ui_mode ?? 'hosted_page'

const requireReturn = (input: SessionInput): void => {
  const never = input.redirect_on_completion === 'never'
  if (never && input.return_url !== undefined) {
    throw invalidRequest('`return_url` cannot be set when `redirect_on_completion` is `never`.', {
      param: 'return_url',
    })
  }
  const needed = uiModeOf(input) === 'embedded_page' && !never
  if (needed && input.return_url === undefined) throw missingParam('return_url')
}

/** Stripe's rules on what a session is told, by the way it is shown. */
export const checkUiMode = (input: SessionInput): void => {
  const mode = uiModeOf(input)
  if (mode === 'form') throw notSimulated('Checkout in `form` mode', 'ui_mode')
  const wrong = belongs.find(([param, modes]) => input[param] !== undefined && !modes.includes(mode))
  if (wrong) {
    const [param] = wrong
    throw invalidRequest(`\`${param}\` is not allowed when \`ui_mode\` is \`${mode}\`.`, { param })
  }
  if (mode === 'hosted_page' && input.success_url === undefined) throw missingParam('success_url')
  requireReturn(input)
  if (mode === 'embedded_page' && input.permissions !== undefined) {
    throw notSimulated('`permissions` of embedded pages: Stripe has them for `elements`', 'permissions')
  }
}

/** Where a session is paid: the simulator's own page, a frame of it in another page, or elements that somebody draws. */
export const shownBy = (world: World, id: string, input: SessionInput): Partial<CheckoutSession> => {
  const ui_mode = uiModeOf(input)
  const common = {
    cancel_url: input.cancel_url ?? null,
    success_url: input.success_url ?? null,
    ui_mode,
    ...(input.return_url === undefined ? {} : { return_url: input.return_url }),
  }
  if (ui_mode === 'hosted_page') return { ...common, url: world.url(`/_simulator/checkout/${id}`) }
  const client_secret = `${id}_secret_${world.ids.secret('client_secret')}`
  if (ui_mode === 'elements') return { ...common, client_secret, url: null }
  return { ...common, client_secret, redirect_on_completion: input.redirect_on_completion ?? 'always', url: null }
}

const filled = (url: string | null | undefined, { id }: CheckoutSession): string =>
  (url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', id)

/** Where a customer goes from a complete session; a frame stays where it is and tells the page around it. */
export const successUrl = (world: World, session: CheckoutSession): string => {
  if (session.ui_mode === 'hosted_page') return filled(session.success_url, session)
  return session.ui_mode === 'embedded_page' ? world.url(`/_simulator/checkout/${session.id}`) : returnUrl(session)
}

/** Where the page around a frame, or elements, go from a complete session. */
export const returnUrl = (session: CheckoutSession): string => filled(session.return_url, session)

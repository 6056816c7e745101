import type { Problems } from '../parts/card-fields.ts'
import type { FormInput } from '../parts/form-input.ts'
import type { Notice } from '../parts/notices.ts'

/** What was typed so far, what is wrong with it, and how the last try went. */
export interface CheckoutView extends Notice {
  readonly form: FormInput
  readonly problems: Problems
}

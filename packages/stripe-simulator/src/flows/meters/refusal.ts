import { type Blame, StripeFailure } from '../../domain/failure.ts'

/** Why an event is not counted: the codes of version 2 of the API. */
export type MeterEventReason =
  | 'archived_meter'
  | 'duplicate_meter_event'
  | 'no_meter'
  | 'not_found'
  | 'payload_invalid_value'
  | 'payload_no_customer_defined'
  | 'payload_no_value_defined'
  | 'timestamp_in_future'
  | 'timestamp_too_far_in_past'

/** A refusal that version 1 words and version 2 names. */
export class MeterEventRefusal extends StripeFailure {
  readonly reason: MeterEventReason

  constructor(reason: MeterEventReason, message: string, blame: Blame) {
    super(400, { type: 'invalid_request_error', message, ...blame })
    this.reason = reason
  }
}

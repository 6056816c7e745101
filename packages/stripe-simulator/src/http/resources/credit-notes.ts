import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { CreditNote } from '../../domain/objects/credit-note.ts'
import type { CreditNoteInput } from '../../flows/credit-notes/input.ts'
import { createCreditNote, previewCreditNote, voidCreditNote } from '../../flows/credit-notes/issue.ts'
import { isWithin, matches, newestFirst, pageOf, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

/** `email_type` decides over an e-mail, of which Stripe sends none in test mode. */
const creditParams = [
  'amount',
  'credit_amount',
  'effective_at',
  'email_type',
  'invoice',
  'lines',
  'memo',
  'metadata',
  'out_of_band_amount',
  'reason',
  'refund_amount',
  'refunds',
] as const

interface NoteUpdate {
  readonly memo?: string
  readonly metadata?: MetadataInput
}

interface NoteList {
  readonly created?: RangeInput
  readonly customer?: string
  readonly invoice?: string
}

const needNote = (call: Call): CreditNote => call.world.need('credit_note', idOf(call), { status: 404, param: 'id' })

export const creditNoteRoutes: Routes = {
  'POST /v1/credit_notes': route<CreditNoteInput>(creditParams, ({ world }, input) => createCreditNote(world, input)),
  'GET /v1/credit_notes/preview': route<CreditNoteInput>(creditParams, ({ world }, input) =>
    previewCreditNote(world, input),
  ),
  'GET /v1/credit_notes/preview/lines': route<CreditNoteInput>([...creditParams, ...pageParams], (call, input) =>
    pageOf(call, previewCreditNote(call.world, input).lines.data),
  ),
  'GET /v1/credit_notes/{id}': route([], needNote),
  'GET /v1/credit_notes/{id}/lines': route(pageParams, (call) => pageOf(call, needNote(call).lines.data)),
  'POST /v1/credit_notes/{id}': route<NoteUpdate>(['memo', 'metadata'], (call, { memo, metadata }) => {
    const note = needNote(call)
    const changes = {
      memo: memo === undefined ? note.memo : memo || null,
      metadata: mergeMetadata(note.metadata, metadata),
    }
    return call.world.update(note, changes, 'credit_note.updated')
  }),
  'POST /v1/credit_notes/{id}/void': route([], (call) => voidCreditNote(call.world, needNote(call))),
  'GET /v1/credit_notes': route<NoteList>(
    [...pageParams, 'created', 'customer', 'invoice'],
    (call, { created, customer, invoice }) =>
      newestFirst(
        call,
        call.world.store
          .all('credit_note')
          .filter((note) => matches(note, { customer, invoice }) && isWithin(note.created, created)),
      ),
  ),
}

import type { RequestHandler } from 'express'
import { pathText } from '../parts/form-input.ts'
import { notFound, type PageContext, replying } from '../parts/reply.ts'
import { creditNotePage } from './credit-note-page.ts'

/** A credit note, to look at. */
export const creditNoteRoute = ({ core }: PageContext): RequestHandler =>
  replying((request) => {
    const note = core.find('credit_note', pathText(request, 'noteId'))
    return note ? { page: creditNotePage(note) } : notFound('credit note')
  })

import type { Request } from 'express'

/** The fields of a posted form; what was not sent reads empty. */
export interface FormInput {
  text(name: string): string
}

export const formInput = (body: unknown): FormInput => {
  const fields = typeof body === 'object' && body !== null ? new Map<string, unknown>(Object.entries(body)) : new Map()
  return {
    text: (name) => {
      const value: unknown = fields.get(name)
      return typeof value === 'string' ? value.trim() : ''
    },
  }
}

/** One value of the query, or nothing. */
export const queryText = ({ query }: Request, name: string): string => {
  const value = query[name]
  return typeof value === 'string' ? value : ''
}

/** A part of the path. */
export const pathText = ({ params }: Request, name: string): string => {
  const value = params[name]
  return typeof value === 'string' ? value : ''
}

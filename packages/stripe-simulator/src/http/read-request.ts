import express, { type Request, type Response } from 'express'
import { invalidRequest, notSimulated, StripeFailure } from '../domain/failure.ts'
import { apiVersion } from '../domain/versions.ts'
import { parseForm, parseJson } from './parse-input.ts'
import { isLater } from './reply.ts'

export const pathOf = (request: Request): string => request.baseUrl + request.path

const bodyOf = (request: Request): string => (Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '')

const formInput = (request: Request, body: string, query: string): Record<string, unknown> => {
  if (body !== '' && !request.is('application/x-www-form-urlencoded')) {
    throw invalidRequest(
      'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.',
    )
  }
  return { ...parseForm(query), ...parseForm(body) }
}

const jsonInput = (request: Request, body: string): Record<string, unknown> => {
  if (body !== '' && !request.is('application/json')) {
    throw invalidRequest('Invalid request (check that your POST content type is application/json).')
  }
  return parseJson(body)
}

export interface RequestContent {
  /** Body and query as they came: what an idempotency key stands for. */
  readonly raw: string
  readonly input: Record<string, unknown>
}

/** The parameters of a request: form fields in version 1, JSON in version 2. */
export const readRequest = (request: Request): RequestContent => {
  const query = new URL(request.originalUrl, 'http://localhost').search
  const body = bodyOf(request)
  const raw = `${query}\n${body}`
  if (request.method !== 'POST') return { raw, input: parseForm(query) }
  return { raw, input: isLater(pathOf(request)) ? jsonInput(request, body) : formInput(request, body, query) }
}

/** Answers have one version only: a request for another is refused by name. */
export const checkVersion = (version: string | undefined): void => {
  if (version === undefined || version === apiVersion) return
  if (/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(version)) {
    throw notSimulated(`requests in API version ${version}, only in ${apiVersion}`)
  }
  throw invalidRequest(`Invalid Stripe API version: ${version}. The current one is ${apiVersion}.`)
}

interface BodyError {
  readonly type?: string
  readonly status?: number
}

/** What was wrong with a body that could not be read at all. */
const unreadable = (cause: unknown): unknown => {
  const { type, status } = (cause ?? {}) as BodyError
  if (type === 'entity.too.large') {
    return new StripeFailure(413, { type: 'invalid_request_error', message: 'The request body is too large.' })
  }
  return status !== undefined && status < 500 ? invalidRequest('The request body could not be read.') : cause
}

const readRaw = express.raw({ type: () => true, limit: '5mb' })

/** Reads the whole body, or refuses it: too large, cut off, in an unknown encoding. */
export const readBody = (request: Request, response: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    readRaw(request, response, (cause?: unknown) => (cause ? reject(unreadable(cause)) : resolve()))
  })

import { type Exchange, type Reply, routeOf } from './exchange.ts'

/** In what the two differ, in words that name it: the same difference has the same words each time. */
export type Difference = string

type Fields = Readonly<Record<string, unknown>>

const parse = (text: string): Fields => {
  try {
    return (JSON.parse(text) ?? {}) as Fields
  } catch {
    return {}
  }
}

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The refusals that a request earns by its form alone: stripe-mock knows no others. */
const formal =
  /^(Received unknown parameter|Missing required param|Invalid (integer|decimal|boolean|string|object|array)\b|Invalid \S+: must be one of|You passed an empty string|The `payment_method_types`)/

type Refusal = { code?: string; message?: string; param?: string }

const refusalOf = (answer: string): Refusal => (parse(answer).error ?? {}) as Refusal

const isFormal = ({ status, answer }: Reply): boolean => status === 400 && formal.test(refusalOf(answer).message ?? '')

const missingKeys = (ours: unknown, theirs: unknown): string[] => {
  if (!isFields(ours) || !isFields(theirs) || typeof theirs.object !== 'string') return []
  if (theirs.object === 'list') return missingKeys(first(ours.data), first(theirs.data))
  if (ours.object !== theirs.object || ours.deleted === true) return []
  const missing = Object.keys(theirs).filter((key) => !(key in ours))
  const inner = Object.keys(theirs).flatMap((key) => missingKeys(ours[key], theirs[key]))
  return [...missing.map((key) => `${ours.object} has no ${key}`), ...inner]
}

const first = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined)

/** Whether the two agree about a request, and whether ours says all that theirs says. */
export const compare = (exchange: Exchange, mock: Reply): Difference[] => {
  const route = routeOf(exchange)
  const oursTakes = exchange.status < 400
  if (mock.status >= 400)
    return oursTakes ? [`${route}: taken, refused by stripe-mock: ${reasonOf(exchange, mock)}`] : []
  if (oursTakes) return missingKeys(parse(exchange.answer), parse(mock.answer))
  const { message = '' } = refusalOf(exchange.answer)
  if (exchange.status === 501) return [`${route}: ${message.replace(/ Stripe does:.*/, '')}`]
  return isFormal(exchange) ? [`${route}: refused, taken by stripe-mock: ${message.slice(0, 90)}`] : []
}

const names = ({ url, body }: Exchange): string[] => {
  const pairs = decodeURIComponent(`${url.split('?')[1] ?? ''}&${body}`)
    .split('&')
    .filter(Boolean)
  return [...new Set(pairs.map((pair) => (pair.split('=')[0] ?? '').replaceAll(/\[\d+\]/g, '[]')))].sort()
}

/** stripe-mock does not say which parameter it minds: all of them are named. */
const reasonOf = (exchange: Exchange, { answer }: Reply): string => {
  const message = refusalOf(answer).message ?? ''
  const said = message.replace(/Request validation error: validator 0x\w+ failed: /, '')
  return `${said} (${names(exchange).join(', ')})`
}

import type { OutboxItem } from '../actions/read-outbox.ts'
import type { ConfiguredBilling } from './billing-config.ts'
import { type Command, type Given, type Report, toInteger } from './command.ts'
import { Misuse } from './failure.ts'
import { toTable } from './table.ts'
import type { Terminal } from './terminal.ts'

const list = async ({ outbox }: ConfiguredBilling, { flags: { limit = '20' } }: Given): Promise<Report> => {
  const { items, next } = await outbox.list({ limit: toInteger('--limit', limit, [1, 100]) })
  if (items.length === 0) return { text: 'Everything has reached those whom it is for.', ok: true }
  const more = next === null ? '' : '\n\nThere are more: ask with a higher --limit.'
  return { text: `${toTable(items.map(toRow))}${more}`, ok: true }
}

const toRow = ({ state, kind, key, type, error }: OutboxItem) => [state, kind, key, type, error ?? '']

const retry = async ({ outbox }: ConfiguredBilling, given: Given, terminal: Terminal): Promise<Report> => {
  const [key] = given.words
  const { failed } = given.flags
  if ((key !== undefined) === (failed !== undefined)) throw new Misuse('Say which: a <key>, or --failed.')
  if (key === undefined) return reportOfAll(outbox.retryAll(), terminal)
  const item = await outbox.retry(key)
  return { text: toLine(item), ok: item.state === 'sent' }
}

const reportOfAll = async (all: AsyncIterable<OutboxItem>, { out, untilStopped }: Terminal): Promise<Report> => {
  const stopping = untilStopped?.()
  let [count, failed] = [0, 0]
  for await (const item of all) {
    out(`${toLine(item)}\n`)
    count += 1
    if (item.state !== 'sent') failed += 1
    if (stopping?.aborted) break
  }
  const stopped = stopping?.aborted ? ' It was stopped before the end.' : ''
  if (count === 0) return { text: 'There is nothing to retry.', ok: true }
  return { text: `${count} were retried; ${failed} failed.${stopped}`, ok: failed === 0 && stopped === '' }
}

const toLine = ({ key, type, state, error }: OutboxItem): string => {
  const words = state === 'pending' ? 'busy: another process is at it' : state
  return `${key}  ${type}  ${words}${error === null ? '' : `  ${error}`}`
}

export const outboxCommands: readonly Command[] = [
  {
    name: 'outbox list',
    usage: '[--limit <n>]',
    takes: { least: 0, most: 0, flags: ['limit'] },
    purpose: 'show effects that no hook took and messages that did not go out, the newest first',
    run: list,
  },
  {
    name: 'outbox retry',
    usage: '<key> | --failed',
    takes: { least: 0, most: 1, flags: ['failed'] },
    purpose: 'tell or send one of them now, or all; exit code 1 when one fails. The config file must add the hooks',
    run: retry,
  },
]

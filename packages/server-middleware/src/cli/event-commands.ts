import type { FoundCounts, FoundDifference } from '../actions/findings.ts'
import type { Reconciliation } from '../actions/reconcile.ts'
import type { ReplayedEvent } from '../actions/replay-events.ts'
import type { EventState } from '../ports/inbox.ts'
import type { ConfiguredBilling } from './billing-config.ts'
import { type Command, type Given, type Report, toDate } from './command.ts'
import { Misuse } from './failure.ts'
import { createProgress, type Terminal } from './terminal.ts'

const everyState: readonly EventState[] = ['received', 'failed', 'dead', 'done', 'ignored']

const replay = async ({ events }: ConfiguredBilling, given: Given, terminal: Terminal): Promise<Report> => {
  const [eventId] = given.words
  const { failed, since } = given.flags
  const isRange = failed !== undefined || since !== undefined
  if ((eventId !== undefined) === isRange) throw new Misuse('Say which: an <event>, or --failed, or --since <date>.')
  if (eventId !== undefined) return reportOfOne(await events.replay(eventId))
  const states = failed ? (['failed', 'dead'] as const) : everyState
  const all = events.replayAll({ states, since: since === undefined ? null : toDate('--since', since) })
  return reportOfAll(all, terminal)
}

const reportOfOne = (event: ReplayedEvent): Report => ({ text: toLine(event), ok: isWell(event) })

const reportOfAll = async (all: AsyncIterable<ReplayedEvent>, { out, untilStopped }: Terminal): Promise<Report> => {
  const stopping = untilStopped?.()
  let [count, failed] = [0, 0]
  for await (const event of all) {
    out(`${toLine(event)}\n`)
    count += 1
    if (!isWell(event)) failed += 1
    if (stopping?.aborted) break
  }
  const stopped = stopping?.aborted ? ' It was stopped before the end.' : ''
  if (count === 0) return { text: 'There is nothing to replay.', ok: true }
  return { text: `${count} events were replayed; ${failed} failed.${stopped}`, ok: failed === 0 && stopped === '' }
}

const isWell = ({ state }: ReplayedEvent): boolean => state === 'done' || state === 'ignored'

const toLine = ({ id, type, state, error }: ReplayedEvent): string => {
  const words = state === 'busy' ? 'busy: another process is at it' : state
  return `${id}  ${type}  ${words}${error === null ? '' : `  ${error}`}`
}

const sync = async (billing: ConfiguredBilling, { words: [accountId = ''] }: Given): Promise<Report> => {
  const { subscriptions, checkouts, purchases } = await billing.sync({ accountId })
  const looked = `${subscriptions} subscriptions, ${checkouts} unsettled checkouts and ${purchases} unsettled purchases`
  return { text: `${accountId} is now as the provider says: ${looked} were looked at.`, ok: true }
}

const reconcile = async (billing: ConfiguredBilling, given: Given, terminal: Terminal): Promise<Report> => {
  const { since, 'dry-run': dry } = given.flags
  const dryRun = dry !== undefined
  const progress = createProgress(terminal)
  const result = await billing.events.reconcile({
    dryRun,
    signal: terminal.untilStopped?.(),
    ...(since === undefined ? {} : { since: toDate('--since', since) }),
    listener: {
      seen: (kind, count) => progress.show(`${kind}s: ${count} looked at`),
      found: (difference) => {
        progress.clear()
        terminal.out(`${inWords(difference, dryRun)}\n`)
      },
    },
  })
  progress.clear()
  return { text: `${inSum(result)} ${verdictOf(result, dryRun)}`, ok: isSound(result) }
}

const inWords = ({ kind, id, field, held, provider, isMended }: FoundDifference, dryRun: boolean): string => {
  const outcome = isMended ? 'mended' : 'not mended'
  const end = dryRun ? '' : `  ${outcome}`
  if (kind === 'event') return `event  ${id}  ${provider} never came${dryRun ? '' : '  taken in'}`
  if (field === 'itself') return `${kind}  ${id}  ${provider === null ? 'the provider has none' : 'we have none'}${end}`
  return `${kind}  ${id}  ${field}: we hold ${held ?? 'nothing'}, the provider says ${provider ?? 'nothing'}${end}`
}

const inSum = ({ seen }: FoundCounts): string =>
  `${seen.event} events, ${seen.subscription} subscriptions, ${seen.checkout} unsettled checkouts and ` +
  `${seen.purchase} unsettled purchases were looked at:`

const verdictOf = ({ differences, mended, unapplied, isComplete }: Reconciliation, dryRun: boolean): string => {
  const left = dryRun ? 'nothing was changed' : `${mended} are mended`
  const verdict = differences === 0 ? 'nothing differs.' : `${differences} differences; ${left}.`
  const waiting = unapplied === 0 ? '' : ` ${unapplied} events could not be applied: see \`paywright replay --failed\`.`
  return `${verdict}${waiting}${isComplete ? '' : ' It was stopped before the end; the next one goes on from there.'}`
}

const isSound = ({ differences, mended, unapplied, isComplete }: Reconciliation): boolean =>
  differences === mended && unapplied === 0 && isComplete

export const eventCommands: readonly Command[] = [
  {
    name: 'sync',
    usage: '<account>',
    takes: { least: 1, most: 1, flags: [] },
    purpose: "overwrite what is held of an account with the provider's truth",
    run: sync,
  },
  {
    name: 'replay',
    usage: '<event> | --failed | --since <date>',
    takes: { least: 0, most: 1, flags: ['failed', 'since'] },
    purpose: 'apply an event of the provider again, or all that failed, or came since; exit code 1 when one fails',
    run: replay,
  },
  {
    name: 'reconcile',
    usage: '[--dry-run] [--since <date>]',
    takes: { least: 0, most: 0, flags: ['dry-run', 'since'] },
    purpose:
      'take in the events that never came, compare with the provider, and mend; --dry-run changes nothing, and its exit ' +
      'code is 1 when something differs',
    run: reconcile,
  },
]

import type { BillingErrorCode } from '@paywright/contract'
import { type BookEntry, toLedgerEntry } from '../../../src/domain/credits/entry.ts'
import type { Posting } from '../../../src/domain/credits/operation.ts'
import { post } from '../../../src/domain/credits/post.ts'
import { applyEntry, emptyState, type LedgerState } from '../../../src/domain/credits/state.ts'
import { isBillingError } from '../../../src/domain/errors.ts'
import { flawsOf } from '../sound.ts'
import { type Ending, ledger, quickHash, type Story, type Told } from './story.ts'

/** Everything that went wrong in a story, in words. */
export const faultsOf = ({ cluster, told }: Story): readonly string[] => {
  const entries = cluster.entries()
  const flaws = flawsOf(entries, quickHash, cluster.book.state).map(({ seq, problem }) => `entry ${seq} ${problem}`)
  return [
    ...cluster.flaws,
    ...flaws,
    ...doubledKeys(entries),
    ...entries.filter(isBelowZero).map(({ seq, op }) => `entry ${seq}, a ${op}, leaves less than nothing`),
    ...untruthsAbout(entries, told),
    ...falseRefusals(entries, told),
  ]
}

const doubledKeys = (entries: readonly BookEntry[]): readonly string[] => {
  const seen = new Set<string>()
  return entries.flatMap(({ key }) => (seen.size === seen.add(key).size ? [`the key ${key} is there twice`] : []))
}

const isBelowZero = ({ op, balanceAfter }: BookEntry): boolean => (op === 'charge' || op === 'hold') && balanceAfter < 0

/** What was answered is in the book as it was told; posted once, and told so to somebody unless that was lost. */
const untruthsAbout = (entries: readonly BookEntry[], told: readonly Told[]): readonly string[] => {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  const endings = new Map<string, Ending[]>()
  for (const { operation, ending } of told) {
    endings.set(operation.key, [...(endings.get(operation.key) ?? []), ending])
  }
  return [...endings].flatMap(([key, all]) => untruthsOf(byKey.get(key), all).map((problem) => `${key} ${problem}`))
}

const untruthsOf = (entry: BookEntry | undefined, endings: readonly Ending[]): readonly string[] => {
  const postings = endings.flatMap((ending) => (isAnswer(ending) ? [ending.posting] : []))
  const answers = postings.flatMap((posting) => ('entry' in posting ? [posting] : []))
  const posted = answers.filter(({ outcome }) => outcome === 'posted').length
  const truth = entry && JSON.stringify(toLedgerEntry(entry))
  const problems = {
    'is not in the book as it was told': answers.some((answer) => JSON.stringify(answer.entry) !== truth),
    [`was posted ${posted} times`]: posted > 1,
    'was written, and nobody was told': entry !== undefined && posted === 0 && !endings.some(isUncertain),
    'was said to be another request': postings.some(({ outcome }) => outcome === 'conflict'),
    'ended with an error that nobody expects': endings.some(isUnexpected),
  }
  return Object.keys(problems).filter((problem) => problems[problem as keyof typeof problems])
}

const isAnswer = (ending: Ending): ending is { posting: Posting } => ending !== 'died' && 'posting' in ending

const isUncertain = (ending: Ending): boolean =>
  ending === 'died' || (!isAnswer(ending) && isBillingError(ending.error, 'outcome_unknown'))

const foreseen: readonly BillingErrorCode[] = ['outcome_unknown', 'store_unavailable', 'too_many_requests']

const isUnexpected = (ending: Ending): boolean =>
  ending !== 'died' && 'error' in ending && !foreseen.some((code) => isBillingError(ending.error, code))

/** A refusal has to be right in some state that the book had, at some time that its process had, since it was asked. */
const falseRefusals = (entries: readonly BookEntry[], told: readonly Told[]): readonly string[] => {
  const refused = told.filter(({ ending }) => isAnswer(ending) && !('entry' in ending.posting))
  if (refused.length === 0) return []
  const states: LedgerState[] = [emptyState]
  for (const entry of entries) states.push(applyEntry(states.at(-1) ?? emptyState, entry))
  return refused.flatMap((each) => (isTrue(each, states) ? [] : [`${each.operation.key} was refused without a reason`]))
}

const isTrue = ({ operation, ending, from, to, times }: Told, states: readonly LedgerState[]): boolean =>
  states.slice(from, to + 1).some((state) =>
    times.some((now) => {
      const tools = { now, hash: quickHash, newSalt: () => '' }
      const { outcome } = post(state, { ledger, operation, known: null }, tools).posting
      return isAnswer(ending) && outcome === ending.posting.outcome
    }),
  )

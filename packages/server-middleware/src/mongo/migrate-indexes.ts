import type { Connection } from 'mongoose'
import type { IndexChange } from '../ports/store.ts'
import { type Declaration, definitionOf, type FoundIndex, type Index, isServerError, listIndexes } from './indexes.ts'

/** Each takes back at most what another process does at the same time. */
const mostRounds = 10

/**
 * Brings a collection's indexes in line with their declarations.
 *
 * An index is told by its whole definition, not by its name. One that differs is replaced by another with a name of its own
 * (`openSlot_2`), which is built first, and only then is the old one dropped: what is unique stays so at every moment, no
 * look-up is without an index, and what cannot be built leaves the old one as it is. MongoDB renames no index, and has none
 * twice, so the new name stays until the next change of the definition.
 *
 * Only what expires at another time cannot stand beside the old index (before MongoDB 5 neither can another filter, and this
 * fails). The old one is dropped first then: nothing is lost if documents expire a moment later.
 *
 * Several processes may do so at once, and one may die in between: making an index that is there makes nothing, dropping one
 * that is gone is no error, and an old one beside its successor is seen as such. Who drops may hit what another has just made
 * under that name, so everybody looks again until there is nothing left to do. Names that are not ours are left alone.
 */
export const migrateIndexes = async (
  connection: Connection,
  { name, indexes }: Declaration,
  dryRun: boolean,
): Promise<readonly IndexChange[]> => {
  const findPlans = async () => {
    const there = await listIndexes(connection, name)
    return indexes.map((index) => toPlan(index, there)).filter(({ isDone }) => !isDone)
  }
  const found = await findPlans()
  const [missing, differs] = dryRun ? (['missing', 'differs'] as const) : (['created', 'recreated'] as const)
  let plans = dryRun ? [] : found
  for (let round = 1; plans.length > 0; round += 1) {
    await carryOut(connection, name, plans).catch(unlessAnother(round))
    plans = round === mostRounds ? [] : await findPlans()
  }
  return found.map(({ index, old }) => ({
    index: `${name}.${index.name}`,
    change: old.length === 0 ? missing : differs,
  }))
}

const indexOptionsConflict = 85

/** Another process has made the same under another name: that is seen in the next round. */
const unlessAnother = (round: number) => (error: unknown) => {
  if (round === mostRounds || !isServerError(error, indexOptionsConflict)) throw error
}

/** `old`: what was made of the index by another definition. */
type Plan = { index: Index; newName: string; isThere: boolean; old: readonly FoundIndex[]; isDone: boolean }

const toPlan = (index: Index, there: readonly FoundIndex[]): Plan => {
  const isSame = (found: FoundIndex): boolean => definitionOf(found) === definitionOf(index)
  const isThere = there.some(isSame)
  const old = there.filter((found) => isNameOf(index, found.name) && !isSame(found))
  const names = there.map((found) => found.name)
  return { index, newName: freeName(index.name, names), isThere, old, isDone: isThere && old.length === 0 }
}

const isNameOf = (index: Index, name: string): boolean =>
  name === index.name || (name.startsWith(`${index.name}_`) && /^\d+$/.test(name.slice(index.name.length + 1)))

const freeName = (name: string, taken: readonly string[], count = 1): string => {
  const candidate = count === 1 ? name : `${name}_${count}`
  return taken.includes(candidate) ? freeName(name, taken, count + 1) : candidate
}

const carryOut = async (connection: Connection, name: string, plans: readonly Plan[]): Promise<void> => {
  const inTheWay = plans.flatMap(({ index, old }) => old.filter((found) => isSameButExpiry(found, index)))
  const wanted = plans.filter(({ isThere }) => !isThere).map(({ index, newName }) => ({ ...index, name: newName }))
  await drop(connection, name, inTheWay)
  await create(connection, name, wanted)
  await drop(
    connection,
    name,
    plans.flatMap(({ old }) => old),
  )
}

const isSameButExpiry = (found: FoundIndex, { expireAfterSeconds: _never, ...index }: Index): boolean => {
  const { expireAfterSeconds: _other, ...rest } = found
  return definitionOf(rest) === definitionOf(index)
}

/** Otherwise it would take over what the host has said of the whole collection. */
const exactly = { collation: { locale: 'simple' } }

const create = async (connection: Connection, name: string, indexes: readonly Index[]): Promise<void> => {
  if (indexes.length === 0) return
  const specifications = indexes.map(({ key, ...options }) => ({ key: { ...key }, ...options, ...exactly }))
  await connection.collection(name).createIndexes(specifications)
}

const indexNotFound = 27

const drop = async (connection: Connection, name: string, indexes: readonly FoundIndex[]): Promise<void> => {
  for (const index of indexes) await connection.collection(name).dropIndex(index.name).catch(unlessGone)
}

const unlessGone = (error: unknown): void => {
  if (!isServerError(error, indexNotFound)) throw error
}

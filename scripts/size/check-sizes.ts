import { reasonOf } from '../lib/first-that-works.ts'
import { type Bench, onePassed, StageFailure, type Tally } from '../stages/stage.ts'
import { type Budget, budgets } from './budgets.ts'
import { weigh } from './weigh.ts'

/** Prints what everything weighs, and fails when one thing is over its budget, or not there to be weighed. */
export async function checkSizes({ root, say }: Pick<Bench, 'root' | 'say'>, table = budgets): Promise<Tally> {
  const lines = await Promise.all(table.map((budget) => line(root, budget)))
  for (const { text } of lines) say(`  ${text}`)
  const refused = lines.filter(({ isWithin }) => !isWithin)
  if (refused.length > 0) throw new StageFailure(`  ${refused.length} of ${lines.length} over budget or missing`)
  return onePassed
}

async function line(root: string, budget: Budget): Promise<{ text: string; isWithin: boolean }> {
  const name = budget.name.padEnd(26)
  try {
    const { bytes, forbidden } = await weigh(root, budget)
    const sizes = `${kilobytes(bytes)} of ${kilobytes(budget.maxBytes)} kB`
    if (forbidden.length > 0) return { text: `${name} ${sizes}, holds ${forbidden.join(', ')}`, isWithin: false }
    return { text: `${name} ${sizes}`, isWithin: bytes <= budget.maxBytes }
  } catch (error) {
    return { text: `${name} cannot be weighed: ${reasonOf(error)}`, isWithin: false }
  }
}

const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1).padStart(4)

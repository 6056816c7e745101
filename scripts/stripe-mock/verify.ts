import { type Bench, StageFailure, type Tally } from '../stages/stage.ts'
import { compare, type Difference } from './compare.ts'
import { distinct, type Exchange } from './exchange.ts'
import { knownAs } from './known-differences.ts'
import { recordRequests } from './record.ts'
import { replay } from './replay.ts'
import { startStripeMock } from './stripe-mock.ts'

/** What a browser sends, with the publishable key, is in no document for servers: stripe-mock cannot judge it. */
const isFromServer = ({ authorization = '' }: Exchange): boolean => !authorization.includes('pk_')

const sayKnown = (bench: Bench, known: ReadonlySet<Difference>): void => {
  for (const difference of [...known].sort()) bench.say(`    ${difference}\n      ${knownAs(difference)?.reason}`)
}

/** Sends stripe-mock what the simulator was sent, and holds the two against each other. */
export async function verifyAgainstStripeMock(bench: Bench): Promise<Tally> {
  const recorded = (await recordRequests(bench)).filter(isFromServer)
  const requests = distinct(recorded)
  await using mock = await startStripeMock(bench.env)
  const found = (await replay(mock.url, requests)).map(({ exchange, reply }) => compare(exchange, reply))
  const differences = new Set(found.flat())
  const unknown = [...differences].filter((difference) => !knownAs(difference)).sort()
  bench.say(`  ${recorded.length} requests, ${requests.length} distinct, ${differences.size} differences:`)
  sayKnown(bench, new Set([...differences].filter((difference) => knownAs(difference))))
  const failed = found.filter((each) => each.some((difference) => !knownAs(difference))).length
  const tally = { passed: requests.length - failed, failed }
  if (failed > 0) throw new StageFailure(`  Not explained:\n    ${unknown.join('\n    ')}`, tally)
  return tally
}

import { type Passage, shelf } from './shelf.ts'

export type Answer = { text: string; source: string }

/** What the agent says: the passage that shares most with the question. The same question gets the same answer. */
export const answerTo = (question: string): Answer => {
  const asked = wordsOf(question)
  const [best] = shelf.map((passage) => ({ passage, shared: countShared(passage, asked) })).toSorted(byMostShared)
  if (best && best.shared > 0) return best.passage
  return { ...anyOf(question), text: `Your documents don’t say. The nearest I have: ${anyOf(question).text}` }
}

type Match = { passage: Passage; shared: number }

const byMostShared = (a: Match, b: Match): number => b.shared - a.shared

const countShared = ({ source, text }: Passage, asked: ReadonlySet<string>): number =>
  [...wordsOf(`${source} ${text}`)].filter((word) => asked.has(word)).length

/** Words that carry meaning, cut to their stem: "insured" asks for what "insurance" says. */
const wordsOf = (text: string): Set<string> => {
  const words = text.toLowerCase().match(/[\p{L}\d]{4,}/gu) ?? []
  return new Set(words.filter((word) => !tooCommon.has(word)).map((word) => word.slice(0, 5)))
}

const tooCommon: ReadonlySet<string> = new Set(
  'what when where which does have with this that will would much many from until about'.split(' '),
)

const anyOf = (question: string): Passage => {
  const mark = [...question].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7)
  return shelf[mark % shelf.length] ?? { source: '', text: '' }
}

import { faultsOf } from './faults.ts'
import { nothingYet, type Parts, type Past, Story, shipped } from './story.ts'

export type Fault = { seed: number; problems: readonly string[] }

const pasts = 8
const longEvery = 500

/** Books that have been written in for a while: entries have been archived and trimmed, some are about to be. */
const livePasts = (): Promise<readonly Past[]> =>
  Promise.all(
    Array.from({ length: pasts }, async (_, seed) => {
      const story = new Story(seed, shipped, nothingYet)
      await story.unfold({ requests: 45 + seed * 3, trouble: false })
      return story.past
    }),
  )

/** Tells one story after the other until something goes wrong in one of them; null when nothing does. */
export const findFault = async (parts: Parts, from: number, stories: number): Promise<Fault | null> => {
  const books = [nothingYet, ...(await livePasts())]
  for (let seed = from; seed < from + stories; seed += 1) {
    const story = new Story(seed, parts, books[seed % books.length] ?? nothingYet)
    await story.unfold({ requests: seed % longEvery === 0 ? 300 : 20, trouble: true })
    await story.settle()
    const problems = faultsOf(story)
    if (problems.length > 0) return { seed, problems }
  }
  return null
}

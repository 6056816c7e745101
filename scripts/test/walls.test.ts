import { beforeAll, expect, test } from 'vitest'
import { type Complaint, lint } from './lint-in-a-copy.ts'
import { type Wall, walls } from './walls.ts'

let complaints: readonly Complaint[]

beforeAll(async () => {
  complaints = await lint(Object.fromEntries(walls.map((wall) => [wall.file, sourceOf(wall)])))
})

for (const wall of walls) {
  test(`${wall.file} imports what is on its side of the wall, and nothing from behind it`, () => {
    const refused = complaints
      .filter(({ rule, file }) => rule === 'noRestrictedImports' && file === wall.file)
      .map(({ line }) => importsOf(wall)[line - 1])
    expect(refused.toSorted()).toEqual(wall.refuses.toSorted())
  })
}

const importsOf = ({ allows, refuses }: Wall) => [...allows, ...refuses]

/** One import a line, so that a complaint's line says which import it is about. */
const sourceOf = (wall: Wall) =>
  importsOf(wall)
    .map((from, index) => `import { a${index} } from '${from}'`)
    .join('\n')

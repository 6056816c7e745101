import { invalidRequest } from '../domain/failure.ts'
import type { StripeObject } from '../domain/objects/base.ts'
import { render } from '../domain/render.ts'
import type { Schema, SpecDocument } from '../spec/document.ts'
import type { World } from '../world.ts'
import { isExpandable } from './expandable.ts'
import { includables } from './includables.ts'

const maxLevels = 4

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The nearest object with an id around a value, and the way from there. */
interface Place {
  readonly owner: Fields
  readonly at: readonly string[]
}

/** The account that has an object: another one, where a transfer or a fee leads there. */
const homeOf = (world: World, id: string): World =>
  world.store.byId(id) === undefined ? world.accounts.holding(id) : world

const included = (world: World, { owner, at }: Place): unknown => {
  const include = includables[String(owner.object)]?.[at.join('.')]
  // The owner may be rendered already: what an includable needs is the simulator's own memory of it.
  const home = homeOf(world, String(owner.id))
  const stored = include && home.store.byId(String(owner.id))
  return stored ? include(home, stored) : undefined
}

const opened = (world: World, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => opened(world, each))
  const found = typeof value === 'string' ? homeOf(world, value).store.byId(value) : undefined
  return found ? render(found) : value
}

interface Way {
  readonly path: readonly string[]
  readonly around?: Place
}

const placeIn = (value: Fields, name: string, around: Place | undefined): Place =>
  around && value.id === undefined ? { owner: around.owner, at: [...around.at, name] } : { owner: value, at: [name] }

const expandPath = (world: World, value: unknown, { path, around }: Way): unknown => {
  const [head, ...rest] = path
  if (head === undefined) return value
  if (Array.isArray(value)) return value.map((each) => expandPath(world, each, { path }))
  if (!isObject(value)) return value
  const place = placeIn(value, head, around)
  const inner = opened(world, value[head] ?? included(world, place))
  return inner === undefined ? value : { ...value, [head]: expandPath(world, inner, { path: rest, around: place }) }
}

export interface Expansion {
  readonly spec: SpecDocument
  readonly schema: Schema
  readonly paths: readonly string[]
}

/** Refuses paths that Stripe would refuse, before anything is executed. */
export const checkExpansion = ({ spec, schema, paths }: Expansion): void => {
  for (const path of paths) {
    const segments = path.split('.')
    if (segments.length > maxLevels) {
      throw invalidRequest(`You cannot expand more than ${maxLevels} levels of a property. Property: ${path}`)
    }
    if (isExpandable(spec, schema, segments)) continue
    const advice = isExpandable(spec, schema, ['data', ...segments])
      ? ` You may want to try expanding 'data.${path}' instead.`
      : ''
    throw invalidRequest(`This property cannot be expanded (${path}).${advice}`)
  }
}

/** Puts objects in place of the ids on the given paths. */
export const expand = (world: World, answer: StripeObject | Fields, paths: readonly string[]): Fields =>
  paths.reduce<Fields>((object, path) => expandPath(world, object, { path: path.split('.') }) as Fields, answer)

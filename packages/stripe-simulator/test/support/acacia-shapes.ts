import { readFileSync } from 'node:fs'

interface Shape {
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

/** The fields of each object in 2025-02-24.acacia: from the declarations of npm `stripe` 17.7.0, which pins it. */
const shapes = JSON.parse(readFileSync(new URL('./acacia-shapes.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Shape>
>

export type Fields = Readonly<Record<string, unknown>>

/** Everything with a kind that is anywhere in a value. */
export const objectsIn = (value: unknown): Fields[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (value === null || typeof value !== 'object') return []
  const inner = Object.values(value).flatMap(objectsIn)
  return 'object' in value && typeof value.object === 'string' ? [value as Fields, ...inner] : inner
}

export const problemsOf = (object: Fields): string[] => {
  const shape = shapes[String(object.object)]
  if (!shape) return []
  const fields = Object.keys(object)
  const known = [...shape.required, ...shape.optional]
  return [
    ...fields.filter((field) => !known.includes(field)).map((field) => `${object.object}.${field} is too new`),
    ...shape.required.filter((field) => !fields.includes(field)).map((field) => `${object.object}.${field} is missing`),
  ]
}

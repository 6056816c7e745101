import { resolveSchema, type Schema, type SpecDocument } from '../spec/document.ts'

const variants = (spec: SpecDocument, given: Schema): Schema[] => {
  const schema = resolveSchema(spec, given)
  if (schema.anyOf) return schema.anyOf.flatMap((each) => variants(spec, each))
  if (schema.items) return variants(spec, schema.items)
  return [schema]
}

const mayExpand = (property: Schema): boolean =>
  property['x-includable'] === true ||
  property['x-expansionResources'] !== undefined ||
  (property.items !== undefined && mayExpand(property.items))

const isList = ({ properties }: Schema): boolean => properties?.data?.type === 'array'

interface Way {
  readonly path: readonly string[]
  /** The field that leads here is listed as expandable: what it may leave out can be asked for. */
  readonly listed: boolean
}

const leads = (spec: SpecDocument, schema: Schema, { path, listed }: Way): boolean => {
  const [head, ...rest] = path
  if (head === undefined) return true
  return variants(spec, schema).some((variant) => {
    const property = variant.properties?.[head]
    if (!property) return false
    const own = variant['x-expandableFields']?.includes(head) === true
    const optional = variant.required?.includes(head) === false || isList(property)
    const omitted = listed && optional
    if (rest.length === 0) return own || omitted || mayExpand(property)
    const inline = property.type === 'object'
    return leads(spec, property, { path: rest, listed: inline && (own || listed) })
  })
}

/** Whether Stripe lets this path of an answer be expanded. */
export const isExpandable = (spec: SpecDocument, schema: Schema, path: readonly string[]): boolean =>
  leads(spec, schema, { path, listed: false })

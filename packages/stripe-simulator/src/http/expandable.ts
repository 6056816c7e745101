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

/** Whether Stripe lets this path of an answer be expanded. */
export const isExpandable = (spec: SpecDocument, schema: Schema, path: readonly string[]): boolean => {
  const [head, ...rest] = path
  if (head === undefined) return true
  return variants(spec, schema).some((variant) => {
    const property = variant.properties?.[head]
    if (!property) return false
    const listed = variant['x-expandableFields']?.includes(head) === true
    return rest.length === 0 ? listed || mayExpand(property) : isExpandable(spec, property, rest)
  })
}

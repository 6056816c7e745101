import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { EntitlementFeature } from '../../domain/objects/entitlement.ts'
import { entitlementsOf } from '../../flows/entitlements/settle.ts'
import type { World } from '../../world.ts'
import { matches, newestFirst, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface FeatureInput {
  readonly lookup_key: string
  readonly metadata?: MetadataInput
  readonly name: string
}

interface FeatureUpdate {
  readonly active?: boolean
  readonly metadata?: MetadataInput
  readonly name?: string
}

const checkLength = (value: string | undefined, param: string): void => {
  if (value === undefined || value.length <= 80) return
  throw invalidRequest(`Invalid string: ${value.slice(0, 20)}…; must be at most 80 characters`, {
    code: 'parameter_invalid_string_long',
    param,
  })
}

const refuseTaken = (world: World, key: string): void => {
  if (!world.store.all('entitlements.feature').some((each) => each.lookup_key === key)) return
  throw invalidRequest(`A feature with the lookup key '${key}' already exists.`, {
    code: 'resource_already_exists',
    param: 'lookup_key',
  })
}

const create = ({ world }: Call, { lookup_key, metadata, name }: FeatureInput): EntitlementFeature => {
  checkLength(lookup_key, 'lookup_key')
  checkLength(name, 'name')
  refuseTaken(world, lookup_key)
  return world.insert('entitlements.feature', {
    active: true,
    created: undefined,
    lookup_key,
    metadata: mergeMetadata({}, metadata),
    name,
  })
}

const needFeature = (call: Call): EntitlementFeature =>
  call.world.need('entitlements.feature', idOf(call), { status: 404, param: 'id' })

const update = (call: Call, { active, metadata, name }: FeatureUpdate): EntitlementFeature => {
  checkLength(name, 'name')
  const feature = needFeature(call)
  return call.world.update(feature, {
    active: active ?? feature.active,
    metadata: mergeMetadata(feature.metadata, metadata),
    name: name ?? feature.name,
  })
}

/** Archived ones are listed only where they are asked for. */
const list = (call: Call, { archived = false, lookup_key }: { archived?: boolean; lookup_key?: string }) => {
  const found = call.world.store.all('entitlements.feature')
  return newestFirst(
    call,
    found.filter((feature) => matches(feature, { active: !archived, lookup_key })),
  )
}

export const entitlementRoutes: Routes = {
  'POST /v1/entitlements/features': route<FeatureInput>(['lookup_key', 'metadata', 'name'], create),
  'GET /v1/entitlements/features/{id}': route([], needFeature),
  'POST /v1/entitlements/features/{id}': route<FeatureUpdate>(['active', 'metadata', 'name'], update),
  'GET /v1/entitlements/features': route<{ archived?: boolean; lookup_key?: string }>(
    [...pageParams, 'archived', 'lookup_key'],
    list,
  ),
  'GET /v1/entitlements/active_entitlements/{id}': route([], (call) =>
    call.world.need('entitlements.active_entitlement', idOf(call), { status: 404, param: 'id' }),
  ),
  'GET /v1/entitlements/active_entitlements': route<{ customer: string }>(
    [...pageParams, 'customer'],
    (call, { customer }) => {
      const { id } = call.world.need('customer', customer, { param: 'customer' })
      return newestFirst(call, entitlementsOf(call.world, id))
    },
  ),
}

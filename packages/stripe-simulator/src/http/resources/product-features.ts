import { invalidRequest, noSuch } from '../../domain/failure.ts'
import type { Product } from '../../domain/objects/catalog.ts'
import type { ProductFeature } from '../../domain/objects/entitlement.ts'
import { render } from '../../domain/render.ts'
import type { World } from '../../world.ts'
import { newestFirst, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const needProduct = (call: Call): Product => call.world.need('product', idOf(call), { status: 404, param: 'id' })

const attachedTo = (world: World, product: string): ProductFeature[] =>
  world.store.all('product_feature').filter(({ $product }) => $product === product)

const shown = (world: World, attached: ProductFeature) => ({
  ...attached,
  entitlement_feature: render(world.need('entitlements.feature', attached.$feature)),
})

const attach = (call: Call, { entitlement_feature }: { entitlement_feature: string }) => {
  const { world } = call
  const product = needProduct(call)
  const feature = world.need('entitlements.feature', entitlement_feature, { param: 'entitlement_feature' })
  if (!feature.active) {
    throw invalidRequest('An archived feature cannot be attached to a product.', { param: 'entitlement_feature' })
  }
  if (attachedTo(world, product.id).some(({ $feature }) => $feature === feature.id)) {
    throw invalidRequest(`The feature ${feature.id} is already attached to the product ${product.id}.`, {
      code: 'resource_already_exists',
      param: 'entitlement_feature',
    })
  }
  const made = { created: undefined, $feature: feature.id, $product: product.id }
  return shown(world, world.insert('product_feature', made))
}

const needAttached = (call: Call): ProductFeature => {
  const { id: product } = needProduct(call)
  const id = call.ids[1] ?? ''
  const found = attachedTo(call.world, product).find((each) => each.id === id)
  if (!found) throw noSuch('product_feature', id, { status: 404, param: 'id' })
  return found
}

const detach = (call: Call) => {
  const { id } = needAttached(call)
  call.world.store.remove(id)
  return { id, object: 'product_feature', deleted: true }
}

export const productFeatureRoutes: Routes = {
  'POST /v1/products/{id}/features': route<{ entitlement_feature: string }>(['entitlement_feature'], attach),
  'GET /v1/products/{id}/features': route([...pageParams], (call) =>
    newestFirst(
      call,
      attachedTo(call.world, needProduct(call).id).map((each) => shown(call.world, each)),
    ),
  ),
  'GET /v1/products/{product_id}/features/{id}': route([], (call) => shown(call.world, needAttached(call))),
  'DELETE /v1/products/{product_id}/features/{id}': route([], detach),
}

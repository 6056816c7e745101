import type { WebhookEndpoint } from '../domain/objects/account.ts'
import { applicationOf, type World } from '../world.ts'

type ConnectFields = Pick<WebhookEndpoint, '$connect' | 'application'>

/** An endpoint that hears of connected accounts names the platform's application. */
export const connectFields = (world: World, connect: boolean | undefined): ConnectFields =>
  connect === true ? { application: applicationOf(world), $connect: true } : { application: null, $connect: false }

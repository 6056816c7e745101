import { previousAttributes } from './difference.ts'
import type { StripeEvent } from './objects/account.ts'
import type { StripeObject } from './objects/base.ts'
import { newerThanAcacia, toAcacia } from './versions/acacia.ts'
import { type Backport, isJson, type Json, type Links } from './versions/json.ts'

/** The version of the account, and of everything the API answers. */
export const apiVersion = '2026-10-28.endive'

interface OlderVersion {
  readonly backport: Backport
  /** Events that it does not have. */
  readonly lacks: ReadonlySet<string>
}

/** Older versions that an endpoint's events can be rendered in. */
const olderVersions: Readonly<Record<string, OlderVersion>> = {
  '2025-02-24.acacia': { backport: toAcacia, lacks: newerThanAcacia },
}

export const knownVersions: readonly string[] = [apiVersion, ...Object.keys(olderVersions)]

/** Whether an event exists in a version. */
export const hasEvent = (version: string, type: string): boolean => olderVersions[version]?.lacks.has(type) !== true

/** The object before: what changed is laid over what it is now. */
const restored = (now: unknown, before: unknown): unknown => {
  if (!isJson(now) || !isJson(before)) return before
  const changed = Object.entries(before).map(([name, value]) => [name, restored(now[name], value)])
  return { ...now, ...Object.fromEntries(changed) }
}

export type EventContent = StripeEvent['data']

/** What an event carries, in the shapes of an older version; undefined for the account's own. */
export const olderContent = (version: string, data: EventContent, links: Links): EventContent | undefined => {
  const older = olderVersions[version]
  if (!older) return undefined
  const object = older.backport(data.object, links) as StripeObject
  if (!data.previous_attributes) return { object }
  const before = older.backport(restored(data.object, data.previous_attributes) as Json, links)
  return { object, previous_attributes: previousAttributes(before, object) ?? {} }
}

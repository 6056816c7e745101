const uuid7 = /([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** When a key was made, if a UUIDv7 (RFC 9562) at its end says so; in milliseconds. */
export const keyTime = (key: string): number | null => {
  const [, high, low] = uuid7.exec(key) ?? []
  return high && low ? Number.parseInt(high + low, 16) : null
}

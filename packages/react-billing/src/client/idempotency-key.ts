/** 128 random bits. `crypto.randomUUID` would need a secure context, which a phone on the local network isn't. */
export const createIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

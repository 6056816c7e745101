import { reasonOf } from './first-that-works.ts'

const probeMs = 5_000

/** Fails within seconds when nobody answers there: a host that accepts and then hangs would cost a minute. */
export async function probe(url: string): Promise<void> {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new Error(`${new URL(url).host} does not answer (${reasonOf(cause)})`)
  }
}

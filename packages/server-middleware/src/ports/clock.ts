export interface Clock {
  now(): Date
  /** Calls `work` once, after that many milliseconds; the function it gives back calls it off. */
  after(milliseconds: number, work: () => void): () => void
}

/** What went wrong, in a line, for whoever looks at what failed. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

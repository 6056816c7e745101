/** Something the app needs beside it: what the app is told about it, and how it ends. */
export type Part = { env: NodeJS.ProcessEnv; stop: () => Promise<void> }

/** @typedef {(line: string) => void} Say */

/** @type {Say} One plain line to whoever is watching. */
export const say = (line) => {
  process.stdout.write(`${line}\n`)
}

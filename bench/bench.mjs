import { register } from 'tsx/esm/api'

const benches = ['ledger', 'simulator', 'webhooks']

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)

const [name = '', ...args] = process.argv.slice(2)
if (benches.includes(name)) {
  register()
  const { main } = await import(`./${name}/run.mjs`)
  await main(args, say)
} else {
  say(`pnpm bench <${benches.join('|')}> [part …]: measures, and prints ratios. Build the packages first.`)
  process.exitCode = 1
}

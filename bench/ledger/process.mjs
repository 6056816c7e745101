import mongoose from 'mongoose'
import { v7 } from 'uuid'
import { inFlight } from './in-flight.mjs'
import { charge, openLedger, refOf } from './ours.mjs'

const [uri, calls, forMs] = process.argv.slice(2)
const { connection } = await mongoose.connect(uri, { dbName: 'bench' })
const ledger = await openLedger(connection)
let refused = 0
const figures = await inFlight({ calls: Number(calls), forMs: Number(forMs) }, async () => {
  const { outcome } = await ledger.post(refOf('shared'), charge(v7()))
  if (outcome !== 'posted') refused += 1
})
process.send?.({ ...figures, refused })
await ledger.close?.()
await mongoose.disconnect()
process.disconnect()

import { createBilling, fromEnv, memoryStore, mongoStore } from '@paywright/server-middleware'
import mongoose from 'mongoose'
import { catalog } from './catalog.ts'

const inMemory = process.env.PAYWRIGHT_STORE === 'memory'
const connection = mongoose.connection
if (!inMemory) await mongoose.connect(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/paywright-demo')

/** In a file of its own, so that `paywright --config src/server/billing.ts` finds it, too. */
export default createBilling({
  ...fromEnv({ catalog }),
  store: inMemory ? memoryStore() : mongoStore({ connection }),
  identify: (req) => req.session?.person,
})

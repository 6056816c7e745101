import { describeStore } from './store-contract.ts'
import { openMongo } from './store-world.ts'

describeStore('MongoDB, on mongoose 8', openMongo(8))

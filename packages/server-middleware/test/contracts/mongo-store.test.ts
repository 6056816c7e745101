import { describeStore } from './store-contract.ts'
import { openMongo } from './store-world.ts'

describeStore('MongoDB, on mongoose 9', openMongo(9))

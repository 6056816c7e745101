import { describeStore } from './store-contract.ts'
import { openMemory } from './store-world.ts'

describeStore('memory', openMemory)

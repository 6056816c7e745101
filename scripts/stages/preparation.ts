import { findChromium } from '../chromium.ts'
import { startMongod } from '../mongod/start-mongod.ts'
import { nothingCounted, type Stage } from './stage.ts'

/** What tests need to be there. `stopLater` keeps what is stopped when they are done. */
export const preparation = (stopLater: (stop: () => Promise<void>) => void): Stage[] => [
  {
    name: 'mongod',
    does: 'a MongoDB for the tests',
    needs: [],
    run: async (bench) => {
      const mongod = await startMongod({ say: bench.say })
      stopLater(mongod.stop)
      bench.env.PAYWRIGHT_TEST_MONGODB_URI = mongod.uri
      if (mongod.binary) bench.env.PAYWRIGHT_TEST_MONGOD = mongod.binary
      bench.say(`  ${withoutPassword(mongod.uri)}`)
      return nothingCounted
    },
  },
  {
    name: 'chromium',
    does: 'a Chromium for the browser tests',
    needs: [],
    isForBrowser: true,
    run: async (bench) => {
      bench.env.CHROMIUM_PATH = await findChromium(bench.say)
      bench.say(`  ${bench.env.CHROMIUM_PATH}`)
      return nothingCounted
    },
  },
]

const withoutPassword = (uri: string) => uri.replace(/\/\/[^@/]*@/, '//…@')

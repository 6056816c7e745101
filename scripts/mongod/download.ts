import { DryMongoBinary, MongoBinary } from 'mongodb-memory-server-core'
import { probe } from '../lib/probe.ts'

const defaultMirror = 'https://fastdl.mongodb.org'

/** The mongod that mongodb-memory-server downloads, or has downloaded before. */
export async function mongodFromDownload(env = process.env, findBefore = downloadedBefore): Promise<string> {
  delete process.env.MONGOMS_SYSTEM_BINARY
  const before = await findBefore()
  if (before) return before
  await probe(env.MONGOMS_DOWNLOAD_URL || env.MONGOMS_DOWNLOAD_MIRROR || defaultMirror)
  // Read by the download: one try, with its certificate and its checksum verified.
  Object.assign(process.env, { MONGOMS_MAX_RETRIES: '1', MONGOMS_MD5_CHECK: '1', npm_config_strict_ssl: 'true' })
  return MongoBinary.getPath()
}

const downloadedBefore = () => DryMongoBinary.locateBinary(DryMongoBinary.getEnsuredOptions())

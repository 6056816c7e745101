import type { NamedAccount } from '@paywright/contract'
import { z } from 'zod'
import { id, jsonObject, line } from './common.ts'

const oauthProvider = line(100)

/** The fields with which a service names the account it asks for. */
export const accountName = {
  oauthProvider,
  externalId: id,
  customerEmail: z.email().max(320).exactOptional(),
  context: jsonObject.exactOptional(),
}

/** The same, in requests that a signed-in person may make too, without them. */
export const optionalAccountName = {
  ...accountName,
  oauthProvider: oauthProvider.exactOptional(),
  externalId: id.exactOptional(),
}

type Named = Partial<Pick<NamedAccount, 'oauthProvider' | 'externalId'>>

/** Whoever sends one of the naming fields must send the two that name. */
export const namesAccount = <Request extends Named>(schema: z.ZodType<Request>): z.ZodType<Request> =>
  schema
    .refine((sent) => sent.oauthProvider !== undefined || !isNaming(sent), required('oauthProvider'))
    .refine((sent) => sent.externalId !== undefined || !isNaming(sent), required('externalId'))
    .meta({ dependentRequired })

/** The same for those who read the JSON Schema. */
const dependentRequired = Object.fromEntries(
  Object.keys(accountName).map((field) => [field, ['oauthProvider', 'externalId']]),
)

const isNaming = (sent: object): boolean => Object.keys(accountName).some((field) => Object.hasOwn(sent, field))

const required = (field: keyof Named) => ({
  path: [field],
  error: 'is required: oauthProvider and externalId name an account together',
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null,
})

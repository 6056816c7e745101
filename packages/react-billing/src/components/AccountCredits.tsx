import type { Credits, Pack, Status } from '@paywright/contract'
import { usePlans } from '../hooks/usePlans.ts'
import { useStatusPart } from '../hooks/useStatus.ts'
import { CreditMeter, type CreditMeterProps } from './CreditMeter.tsx'
import { Loaded } from './Loaded.tsx'
import { inUnits, levelOf } from './meter-parts.ts'

export type AccountCreditsProps = Omit<CreditMeterProps, 'credits' | 'unlimitedIn'>

const creditsOf = ({ credits, entitlements, plan }: Status) => ({
  credits,
  unlimitedIn: entitlements.limits[credits.unit] === null ? plan.name : null,
})

/**
 * The account's own credits in a `CreditMeter`. It moves when the server's books do.
 *
 * @example <AccountCredits onTopUp={() => setOpen(true)} />
 */
export const AccountCredits = (props: AccountCreditsProps) => {
  const status = useStatusPart(creditsOf)
  const pack = useOffer(status.state === 'ready' ? status.value.credits : null, props)
  if (status.state === 'ready') return <CreditMeter {...props} {...status.value} pack={pack} />
  return (
    <section className={`pw pw-meter ${props.className ?? ''}`}>
      <Loaded of={status} loading="meterLoading" lines={2} failed="usesUnknown">
        {() => null}
      </Loaded>
    </section>
  )
}

/** The catalog is asked for only when there is something to offer. */
const useOffer = (credits: Credits | null, { pack, lowAt }: AccountCreditsProps): Pack | null => {
  const needed = pack === undefined && credits !== null && levelOf(inUnits(credits), lowAt) !== 'ok'
  const plans = usePlans({ enabled: needed })
  if (pack !== undefined) return pack
  const packs = plans.state === 'ready' ? plans.value.packs : []
  return packs.find(({ unit }) => unit === credits?.unit) ?? null
}

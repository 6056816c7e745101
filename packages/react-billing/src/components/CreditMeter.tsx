import type { Credits, Pack, Status } from '@paywright/contract'
import { usePlans } from '../hooks/usePlans.ts'
import { useStatusPart } from '../hooks/useStatus.ts'
import { useText } from '../hooks/useText.ts'
import { Loading } from './Loading.tsx'
import { MeterReading, type MeterReadingProps } from './MeterReading.tsx'
import { levelOf, type MeteredCredits } from './meter-parts.ts'
import { Trouble } from './Trouble.tsx'

export type CreditMeterProps = Omit<MeterReadingProps, 'credits' | 'pack'> & {
  /** Shown instead of the account's own; then nothing is asked of the server. */
  credits?: MeteredCredits
  /** What to offer when they run low or out. Default: the catalog's first pack. */
  pack?: Pack | null
  className?: string
}

/**
 * How many uses are left, of which kind, and what to do when they run out.
 *
 * @example <CreditMeter onTopUp={() => setOpen(true)} />
 */
export const CreditMeter = ({ credits, className = '', ...props }: CreditMeterProps) => (
  <section className={`pw pw-meter ${className}`}>
    {credits ? <MeterReading pack={null} {...props} credits={credits} /> : <OwnCredits {...props} />}
  </section>
)

const creditsOf = ({ credits, entitlements, plan }: Status) => ({
  credits,
  unlimitedIn: entitlements.limits[credits.unit] === null ? plan.name : null,
})

const OwnCredits = (props: Omit<CreditMeterProps, 'credits' | 'className'>) => {
  const { t } = useText()
  const status = useStatusPart(creditsOf)
  const pack = useOffer(status.state === 'ready' ? status.value.credits : null, props)

  if (status.state === 'loading') return <Loading label={t('meterLoading')} lines={2} />
  if (status.state === 'error') return <Trouble error={status.error} otherwise="usesUnknown" onRetry={status.retry} />
  return <MeterReading unlimitedIn={status.value.unlimitedIn} {...props} credits={status.value.credits} pack={pack} />
}

/** The catalog is asked for only when there is something to offer. */
const useOffer = (credits: Credits | null, { pack, lowAt }: Pick<CreditMeterProps, 'pack' | 'lowAt'>): Pack | null => {
  const needed = pack === undefined && credits !== null && levelOf(credits, lowAt) !== 'ok'
  const plans = usePlans({ enabled: needed })
  if (pack !== undefined) return pack
  return plans.state === 'ready' ? (plans.value.packs[0] ?? null) : null
}

import type { Pack } from '@paywright/contract'
import { useChangeAnnouncement } from '../hooks/useChangeAnnouncement.ts'
import { useText } from '../hooks/useText.ts'
import { MeterBar } from './MeterBar.tsx'
import { MeterOffer } from './MeterOffer.tsx'
import { levelOf, type MeteredCredits } from './meter-parts.ts'
import { leftText, meterNotes } from './meter-text.ts'

export type MeterReadingProps = {
  credits: MeteredCredits
  /** What to offer when they run low or out. */
  pack?: Pack | null
  variant?: 'bar' | 'text'
  /** From this number down they count as low; default the last 15 %. */
  lowAt?: number
  /** The plan that gives uses without end, if one does. */
  unlimitedIn?: string | null
  /** Opens the host's way to buy; without it there is an offer and no button. */
  onTopUp?: (pack: Pack | null) => void
}

/** The number first, then the bar, then what follows from it. */
export const MeterReading = ({
  credits,
  variant = 'bar',
  lowAt,
  unlimitedIn,
  pack = null,
  onTopUp,
}: MeterReadingProps) => {
  const { t, date } = useText()
  const level = unlimitedIn ? 'ok' : levelOf(credits, lowAt)
  const announcement = useChangeAnnouncement(level, leftText(t, level, credits.available))

  if (unlimitedIn) return <p className="pw-meter-left">{t('usesUnlimited', { plan: unlimitedIn })}</p>
  return (
    <div className="pw-meter-reading" data-level={level}>
      <p className="pw-meter-left">{leftText(t, level, credits.available)}</p>
      <MeterBar credits={credits} variant={level === 'empty' ? 'text' : variant} />
      {meterNotes({ credits, level, t, date }).map((note) => (
        <p key={note} className="pw-meter-note">
          {note}
        </p>
      ))}
      {level !== 'ok' && <MeterOffer pack={pack} isUrgent={level === 'empty'} onTopUp={onTopUp} />}
      <p className="pw-unseen" role="status">
        {announcement}
      </p>
    </div>
  )
}

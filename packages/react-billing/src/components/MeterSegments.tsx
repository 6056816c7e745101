import type { MeterPart } from './meter-parts.ts'

type MeterSegmentsProps = { parts: Pick<MeterPart, 'kind' | 'fromPercent' | 'toPercent'>[] }

/**
 * Segments whose stroke differs by kind, not only its colour. Their lengths are attributes, which a strict content
 * security policy lets through where it would drop styles.
 */
export const MeterSegments = ({ parts }: MeterSegmentsProps) => (
  <svg className="pw-meter-segments" aria-hidden="true">
    {parts.map(({ kind, fromPercent, toPercent }) => (
      <line key={kind} data-kind={kind} x1={`${fromPercent}%`} x2={`${toPercent}%`} y1="4" y2="4" />
    ))}
  </svg>
)

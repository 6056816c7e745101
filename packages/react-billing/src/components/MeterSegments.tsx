import { useId } from 'react'
import type { MeterPart } from './meter-parts.ts'

type MeterSegmentsProps = { parts: MeterPart[] }

/**
 * Segments that differ by pattern, not only by colour. Widths are attributes, which a strict content security policy
 * lets through where it would drop styles.
 */
export const MeterSegments = ({ parts }: MeterSegmentsProps) => {
  const id = useId()
  return (
    <svg className="pw-meter-segments" aria-hidden="true" width="100%" height="8">
      <pattern id={`${id}free`} width="6" height="8" patternUnits="userSpaceOnUse">
        <path className="pw-meter-ground" d="M0 0h6v8H0z" />
        <circle className="pw-meter-ink" cx="3" cy="4" r="1.75" />
      </pattern>
      <pattern id={`${id}plan`} width="6" height="8" patternUnits="userSpaceOnUse" patternTransform="skewX(-35)">
        <path className="pw-meter-ground" d="M0 0h6v8H0z" />
        <path className="pw-meter-ink" d="M0 0h3v8H0z" />
      </pattern>
      <pattern id={`${id}promotional`} width="8" height="4" patternUnits="userSpaceOnUse">
        <path className="pw-meter-ground" d="M0 0h8v4H0z" />
        <path className="pw-meter-ink" d="M0 0h8v2H0z" />
      </pattern>
      {parts.map(({ kind, startPercent, widthPercent }) => (
        <rect
          key={kind}
          className="pw-meter-ink"
          data-kind={kind}
          x={`${startPercent}%`}
          width={`${widthPercent}%`}
          height="8"
          {...(kind !== 'paid' && { fill: `url(#${id}${kind})` })}
        />
      ))}
    </svg>
  )
}

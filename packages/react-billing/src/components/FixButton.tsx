import { usePortal } from '../hooks/usePortal.ts'
import { DepartureButton } from './DepartureButton.tsx'
import type { Fix } from './subscription-summary.ts'

type FixButtonProps = { fix: Fix; returnPath: string | undefined }

/** The way to put a subscription right. */
export const FixButton = ({ fix, returnPath }: FixButtonProps) => {
  const portal = usePortal()
  if ('url' in fix) {
    return (
      <a className="pw-button" data-kind="primary" href={fix.url}>
        {fix.label}
      </a>
    )
  }
  const request = { ...(returnPath !== undefined && { returnPath }), ...(fix.flow && { flow: fix.flow }) }
  return (
    <DepartureButton kind="primary" departure={portal} onPress={() => portal.start(request)}>
      {fix.label}
    </DepartureButton>
  )
}

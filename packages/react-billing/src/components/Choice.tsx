import { type ReactNode, useId } from 'react'

type ChoiceProps<Value> = {
  /** Names the parts: `period` gives `.pw-period`, `.pw-period-option`, … */
  slot: string
  legend: ReactNode
  options: { value: Value; label: string; note: string | null }[]
  value: Value
  isLocked?: boolean
  onChange: (value: Value) => void
}

/** One of several, as radio buttons: the arrow keys, the form value and the announcement are the browser's. */
export const Choice = <Value extends string>({ slot, legend, options, isLocked, ...props }: ChoiceProps<Value>) => {
  const name = useId()
  return (
    <fieldset className={`pw-${slot}`} disabled={isLocked}>
      <legend>{legend}</legend>
      {options.map(({ value, label, note }) => (
        <label key={value} className={`pw-${slot}-option`} data-chosen={value === props.value || undefined}>
          <input
            className={`pw-${slot}-radio`}
            type="radio"
            name={name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span>{label}</span>
          {note && <bdi className={`pw-${slot}-note`}>{note}</bdi>}
        </label>
      ))}
    </fieldset>
  )
}

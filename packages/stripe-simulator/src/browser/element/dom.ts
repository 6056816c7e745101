type Attributes = Readonly<Record<string, string | boolean>>

/** An element with attributes and children. Text becomes text nodes, so nothing in it is markup. */
export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) node.setAttribute(name, value === true ? '' : value)
  }
  node.append(...children)
  return node
}

/** Ids that no other form on the page has: a label and an error must find their own field. */
export const freshId = (): string => `sim-${Math.random().toString(36).slice(2, 10)}`

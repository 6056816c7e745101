/** How parameters are named inside of another: `pricing[price]` of `lines[0]` is `lines[0][pricing][price]`. */
export type Named = (name: string) => string

export const within =
  (param: string): Named =>
  (name) => {
    const [head = '', ...inner] = name.split('[')
    return [`${param}[${head}]`, ...inner].join('[')
  }

export const asGiven: Named = (name) => name

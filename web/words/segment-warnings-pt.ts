/** How the numbers and names of a warning are told. */
export interface Saying {
  readonly count: (count: string) => string;
  /** A share as the warning writes it, `19,6%`. */
  readonly share: (share: string) => string;
  readonly field: (column: string) => string;
  readonly group: (number: string) => string;
}
/** What a warning of a division looks like, and how it is said of customers. */
type Warned = readonly (readonly [RegExp, (say: Saying, ...parts: string[]) => string])[];

const each = (list: string, tell: (one: string) => string) => list.split(', ').map(tell).join(', ');

export const segmentWarnings: Warned = [
  [
    /^([\d,.]+%) das linhas não têm (.+), e contam como as mais parecidas que o têm$/,
    (say, share, name) =>
      `${say.share(share!)} dos clientes não têm ${say.field(name!)}: ao dividir, vale o dos que mais se parecem com eles`,
  ],
  [
    /^(\d+) linhas? repetem? o (.+) de outra, e contam? como outro cliente: deixe uma de cada$/,
    (say, rows, name) =>
      `linhas que repetem ${say.field(name!)} de outra e contam como outro cliente: ${say.count(rows!)}`,
  ],
  [/^(.+) tem um valor só e ficou de fora$/, (say, name) => `${say.field(name!)} tem um valor só e ficou de fora`],
  [
    /^(.+) tem textos que quase não se repetem e ficou de fora$/,
    (say, name) => `${say.field(name!)} tem textos que quase não se repetem e ficou de fora`,
  ],
  [
    /^na mistura, textos dividem quase sozinhos: (.+); no k-means pesam como um número$/,
    (say, names) =>
      `na mistura, textos dividem quase sozinhos: ${each(names!, say.field)}; no k-means pesam como um número`,
  ],
  [
    /^(\d+) linhas de exceções foram para os grupos mais próximos$/,
    (say, rows) => `clientes que são exceções e foram para os grupos mais próximos: ${say.count(rows!)}`,
  ],
  [/^não convergiu: os grupos ainda mudavam$/, () => 'a divisão parou antes de os grupos deixarem de mudar'],
  [
    /^começando do zero os grupos seriam outros, e explicariam melhor as linhas$/,
    () => 'sem seguir os grupos em uso, os grupos seriam outros e diriam melhor quem são os clientes',
  ],
  [
    /^(\d+) linhas ficam no grupo em que estavam: falta um número delas, ou estão entre dois grupos$/,
    (say, rows) =>
      `clientes que ficam no grupo em que estavam, porque deles falta um número ou porque estão entre dois grupos: ${say.count(rows!)}`,
  ],
  [
    /^nenhum cliente está nas duas divisões: nada se pode comparar$/,
    () => 'nenhum cliente está nas duas divisões: nada se pode comparar',
  ],
  [
    /^na divisão anterior havia o que já não há: grupo (.+)$/,
    (say, groups) => `da divisão anterior já não há ${each(groups!, say.group)}`,
  ],
  [
    /^as partes dos grupos mudaram muito desde a divisão anterior$/,
    () => 'as partes dos grupos mudaram muito desde a divisão anterior',
  ],
  [
    /^(\d+) clientes do arquivo não têm grupo e ficaram de fora$/,
    (say, customers) => `clientes sem grupo, que ficaram de fora: ${say.count(customers!)}`,
  ],
  [
    /^nenhuma coluna diz quanto um cliente vale, há quanto tempo está nem quanto usa: diga quais com --roles$/,
    () => 'nenhum campo da base diz quanto um cliente vale, há quanto tempo o é nem quanto usa',
  ],
];

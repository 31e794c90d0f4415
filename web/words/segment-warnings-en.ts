import type { segmentWarnings as pt } from './segment-warnings-pt.ts';

const each = (list: string, tell: (one: string) => string) => list.split(', ').map(tell).join(', ');

export const segmentWarnings: typeof pt = [
  [
    /^([\d,.]+%) das linhas não têm (.+), e contam como as mais parecidas que o têm$/,
    (say, share, name) =>
      `${say.share(share!)} of customers have no ${say.field(name!)}: in dividing, that of the customers most like them stands in for it`,
  ],
  [
    /^(\d+) linhas? repetem? o (.+) de outra, e contam? como outro cliente: deixe uma de cada$/,
    (say, rows, name) =>
      `rows that repeat ${say.field(name!)} of another and count as another customer: ${say.count(rows!)}`,
  ],
  [/^(.+) tem um valor só e ficou de fora$/, (say, name) => `${say.field(name!)} has one value only and was left out`],
  [
    /^(.+) tem textos que quase não se repetem e ficou de fora$/,
    (say, name) => `${say.field(name!)} has texts that hardly repeat and was left out`,
  ],
  [
    /^na mistura, textos dividem quase sozinhos: (.+); no k-means pesam como um número$/,
    (say, names) =>
      `in a mixture, texts divide almost alone: ${each(names!, say.field)}; in k-means they weigh as one number`,
  ],
  [
    /^(\d+) linhas de exceções foram para os grupos mais próximos$/,
    (say, rows) => `customers that are exceptions and went to the nearest groups: ${say.count(rows!)}`,
  ],
  [/^não convergiu: os grupos ainda mudavam$/, () => 'the dividing stopped before the groups had settled'],
  [
    /^começando do zero os grupos seriam outros, e explicariam melhor as linhas$/,
    () => 'without following the groups in use, the groups would be others and tell the customers better',
  ],
  [
    /^(\d+) linhas ficam no grupo em que estavam: falta um número delas, ou estão entre dois grupos$/,
    (say, rows) =>
      `customers that stay in the group they were in, because a number of theirs is missing or because they lie between two groups: ${say.count(rows!)}`,
  ],
  [
    /^nenhum cliente está nas duas divisões: nada se pode comparar$/,
    () => 'no customer is in both divisions: nothing can be compared',
  ],
  [
    /^na divisão anterior havia o que já não há: grupo (.+)$/,
    (say, groups) => `of the division before there is no more ${each(groups!, say.group)}`,
  ],
  [
    /^as partes dos grupos mudaram muito desde a divisão anterior$/,
    () => 'the shares of the groups changed much since the division before',
  ],
  [
    /^(\d+) clientes do arquivo não têm grupo e ficaram de fora$/,
    (say, customers) => `customers without a group, who were left out: ${say.count(customers!)}`,
  ],
  [
    /^nenhuma coluna diz quanto um cliente vale, há quanto tempo está nem quanto usa: diga quais com --roles$/,
    () => 'no field of the base says what a customer is worth, for how long, nor how much it uses',
  ],
];

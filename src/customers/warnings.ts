/** What is to be known of customers in groups: said of rows, by the commands; the screens say it of customers, in their language. */
export const WARNINGS = {
  filled: (share: string, name: string) =>
    `${share} das linhas não têm ${name}, e contam como as mais parecidas que o têm`,
  repeated: (rows: number, id: string) =>
    rows === 1
      ? `1 linha repete o ${id} de outra, e conta como outro cliente: deixe uma de cada`
      : `${rows} linhas repetem o ${id} de outra, e contam como outro cliente: deixe uma de cada`,
  oneValue: (name: string) => `${name} tem um valor só e ficou de fora`,
  rareTexts: (name: string) => `${name} tem textos que quase não se repetem e ficou de fora`,
  textsDivide: (names: string) =>
    `na mistura, textos dividem quase sozinhos: ${names}; no k-means pesam como um número`,
  exceptions: (rows: number) => `${rows} linhas de exceções foram para os grupos mais próximos`,
  unfinished: () => 'não convergiu: os grupos ainda mudavam',
  betterAnew: () => 'começando do zero os grupos seriam outros, e explicariam melhor as linhas',
  held: (rows: number) =>
    `${rows} linhas ficam no grupo em que estavam: falta um número delas, ou estão entre dois grupos`,
  nobodyTwice: () => 'nenhum cliente está nas duas divisões: nada se pode comparar',
  dissolved: (groups: string) => `na divisão anterior havia o que já não há: grupo ${groups}`,
  otherShares: () => 'as partes dos grupos mudaram muito desde a divisão anterior',
  ungrouped: (customers: number) => `${customers} clientes do arquivo não têm grupo e ficaram de fora`,
  noAmount: () =>
    'nenhuma coluna diz quanto um cliente vale, há quanto tempo está nem quanto usa: diga quais com --roles',
};

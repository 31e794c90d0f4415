import type { Random } from '../../kernel/random.ts';
import type { Persona } from './personas.ts';

export const LINES = ['Gestão', 'Pessoas', 'Comercial', 'Dados e Nuvem'] as const;

export interface Product {
  code: number;
  name: string;
  line: (typeof LINES)[number];
  /** How liked it is beside the others that nothing else decides, 1 in the middle. */
  liking: number;
}

/** In an order that other rooms count on: a product is its place here. */
export const PRODUCTS: readonly Product[] = [
  { code: 1101, name: 'ERP Núcleo', line: LINES[0], liking: 1 },
  { code: 1102, name: 'Financeiro', line: LINES[0], liking: 1.8 },
  { code: 1103, name: 'Fiscal', line: LINES[0], liking: 1.6 },
  { code: 1104, name: 'Estoque e Compras', line: LINES[0], liking: 1.2 },
  { code: 2201, name: 'Ponto Eletrônico', line: LINES[1], liking: 1 },
  { code: 2202, name: 'Folha de Pagamento', line: LINES[1], liking: 1 },
  { code: 2203, name: 'Recrutamento', line: LINES[1], liking: 0.5 },
  { code: 3301, name: 'CRM Vendas', line: LINES[2], liking: 1 },
  { code: 3302, name: 'Loja Virtual', line: LINES[2], liking: 0.8 },
  { code: 3303, name: 'Força de Vendas', line: LINES[2], liking: 0.6 },
  { code: 4401, name: 'Painel Gerencial', line: LINES[3], liking: 0.9 },
  { code: 4402, name: 'Hospedagem em Nuvem', line: LINES[3], liking: 1.1 },
];
const [ERP, CLOCK, PAYROLL] = [0, 4, 5];

/** Who has both of these also has the third, in personas where it is `paired` and elsewhere. */
export const RULE = {
  has: [ERP, CLOCK],
  also: PAYROLL,
  paired: 0.78,
  elsewhere: 0.15,
} as const;

/** The places in {@link PRODUCTS} of what a customer has; at least one. */
export function drawProducts(random: Random, { holds, paired }: Persona): number[] {
  const erp = random.chance(holds.erp);
  const clock = random.chance(holds.clock);
  const payroll = random.chance(erp && clock ? (paired ? RULE.paired : RULE.elsewhere) : holds.payroll);
  const own = PRODUCTS.flatMap(({ liking }, product) => {
    if (product === ERP) return erp ? [product] : [];
    if (product === CLOCK) return clock ? [product] : [];
    if (product === PAYROLL) return payroll ? [product] : [];
    return random.chance(Math.min(0.95, holds.other * liking)) ? [product] : [];
  });
  return own.length > 0 ? own : [ERP];
}

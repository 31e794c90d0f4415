import type { Random } from '../../kernel/random.ts';
import { type Customer, LAST_YEAR } from './customer.ts';
import { brazilianDay, clock, comma, dotted, isoDay, officeSecond } from './forms.ts';
import { PRODUCTS } from './products.ts';
import { TableFile } from './table-file.ts';
import type { View } from './view.ts';

const CONTRACT_HEADER =
  'CD_CLIENTE;RAZAO_SOCIAL;CNPJ;DS_SEGMENTO;DS_SUBSEGMENTO;FAT_FAIXA;UF;CIDADE;DS_PROD;DS_LIN_REC;SITUACAO_CONTRATO;DT_ASSINATURA_CONTRATO;VL_TOTAL_CONTRATO';
const PROPOSED = 0.4;
const MORE_PROPOSALS = 1.6;

/** What the sales system knows: who customers are, since when, what they have, and what it brings in. */
export class RegisterFiles {
  readonly files: readonly TableFile[];
  private readonly since: TableFile;
  private readonly contracts: TableFile;
  private readonly proposals: TableFile;
  private readonly lastYear: TableFile;
  private readonly mrr: TableFile;

  constructor(out: string) {
    this.since = new TableFile(out, 'customers/clientes_desde.csv', 'CLIENTE;CLIENTE_DESDE');
    this.contracts = new TableFile(out, 'customers/dados_clientes.csv', CONTRACT_HEADER, { encoding: 'latin1' });
    this.proposals = new TableFile(
      out,
      'customers/historico.csv',
      'CD_CLI;NR_PROPOSTA;DT_UPLOAD;HOSPEDAGEM;CD_PROD;QTD;VL_PCT_DESCONTO;VL_TOTAL',
    );
    this.lastYear = new TableFile(
      out,
      'customers/contratacoes_ultimos_12_meses.csv',
      'CD_CLIENTE;QTD_CONTRATACOES_12M;VLR_CONTRATACOES_12M',
    );
    this.mrr = new TableFile(out, 'customers/mrr.csv', 'CLIENTE;MRR_12M');
    this.files = [this.since, this.contracts, this.proposals, this.lastYear, this.mrr];
  }

  write(customer: Customer, view: View, random: Random): void {
    const { code, firm, cnpj, contracts } = customer;
    const begun = customer.since <= view.known;
    if (begun) this.since.row(`${code};${isoDay(customer.since)}`);
    const { name, segment, subsegment, band, uf, city } = firm;
    const who = `${code};${name};${cnpj};${segment};${subsegment};${band};${uf};${city}`;
    for (const { product, signed, total, active } of contracts) {
      if (signed > view.known) continue;
      const { name: sold, line } = PRODUCTS[product]!;
      const state = active ? 'ATIVO' : 'CANCELADO';
      this.contracts.row(`${who};${sold};${line};${state};${brazilianDay(signed)};${dotted(total)}`);
    }
    if (customer.mrrTold && begun) this.mrr.row(`${code};${comma(customer.mrr)}`);
    const recent = contracts.filter(({ signed }) => signed > view.known - LAST_YEAR && signed <= view.known);
    if (recent.length > 0)
      this.lastYear.row(`${code};${recent.length};${comma(recent.reduce((sum, { total }) => sum + total, 0))}`);
    if (random.chance(PROPOSED)) this.propose(customer, view, random);
  }

  /** Proposals for what was sold, some days before it was, and for what was not. */
  private propose({ code, contracts, since }: Customer, { until, known }: View, random: Random): void {
    const hosting = random.chance(0.45) ? 'NUVEM' : 'LOCAL';
    const count = 1 + random.poisson(MORE_PROPOSALS);
    for (let proposal = 0; proposal < count; proposal++) {
      const sold = contracts[proposal];
      const product = sold?.product ?? random.int(0, PRODUCTS.length);
      const day = sold ? sold.signed - random.int(0, 60) : random.int(since, until + 1);
      const total = sold?.total ?? Math.round(contracts[0]!.total * random.lognormal(1, 0.5));
      const discount = random.chance(0.4) ? 0 : random.int(100, 3000);
      const number = 100_000 + random.int(0, 900_000);
      const when = `${brazilianDay(day)} ${clock(officeSecond(random))}`;
      const line = `${code};${number};${when};${hosting};${PRODUCTS[product]!.code};${1 + random.poisson(2)};${comma(discount)};${comma(total)}`;
      if (Math.max(day, since) <= known) this.proposals.row(line);
    }
  }
}

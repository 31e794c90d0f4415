import { join } from 'node:path';
import type { CellValue } from 'hucre/xlsx';
import type { Random } from '../../kernel/random.ts';
import { writeSheet } from '../chat-sheets.ts';
import type { Customer } from './customer.ts';
import { brazilianDay, clock, drawScore, isoDay, officeSecond, strangerCode, typed } from './forms.ts';
import { PERSONAS, type Persona } from './personas.ts';
import { PRODUCTS } from './products.ts';
import { TableFile } from './table-file.ts';
import type { CustomerTickets } from './use-files.ts';
import type { View } from './view.ts';

const RELATION_HEADER =
  'respondedAt;metadata_codcliente;resposta_NPS;resposta_unidade;Nota_SupTec_Agilidade;Nota_SupTec_Atendimento;Nota_Comercial;Nota_Custos;Nota_AdmFin_Atendimento;Nota_Software;Nota_Software_Atualizacao';
const ACQUISITION_HEADER =
  'Cód. Cliente;Data da Resposta;Nota NPS;Nota Agilidade;Nota Conhecimento;Nota Custo;Nota Facilidade;Nota Flexibilidade';
const IMPLEMENTATION_COLUMNS = [
  'Cód. Cliente',
  'Data da Resposta',
  'Nota NPS',
  'Nota Metodologia',
  'Nota Gestao',
  'Nota Conhecimento',
  'Nota Qualidade',
  'Nota Comunicacao',
  'Nota Prazos',
];
const SUPPORT_HEADER =
  'ticket;resposta_NPS;grupo_NPS;Nota_ConhecimentoAgente;Nota_Solucao;Nota_TempoRetorno;Nota_Facilidade;Nota_Satisfacao;cliente';
const UNITS = ['Unidade Sudeste', 'Unidade Sul', 'Unidade Centro-Oeste', 'Unidade Nordeste', 'Unidade Norte'] as const;

/** Up to so many customers the survey of implementations is a workbook, which is put together in memory. */
export const MOST_IN_SHEET = 100_000;
const ASKED = 3;
const SURVEY_DAYS = 540;
const UNANSWERED = 0.08;
const TICKET_ANSWERED = 0.12;
/** How much lower the scores of what made customers wait are, of those whose tickets are often late. */
const waited = ({ late }: Persona): number => (late > 0.3 ? 1.5 : 0);
/** One customer in so many is followed by an answer of nobody's and by one that names no customer. */
const STRAY_EVERY = 250;
const DAY_MS = 86_400_000;

/** Answers to the relation survey: how many, the sum of their scores. */
export interface RelationAnswers {
  count: number;
  sum: number;
}

/** What customers answered when they were asked. */
export class SurveyFiles {
  readonly files: readonly TableFile[];
  private readonly relation: TableFile;
  private readonly acquisition: TableFile;
  private readonly implementation: TableFile | null;
  private readonly onboarding: TableFile;
  private readonly product: TableFile;
  private readonly support: TableFile;
  private readonly sheet: CellValue[][] = [IMPLEMENTATION_COLUMNS];
  private readonly out: string;

  constructor(out: string, customers: number) {
    this.out = out;
    const table = (name: string, header: string) => new TableFile(out, `customers/${name}.csv`, header);
    this.relation = table('nps_relacional', RELATION_HEADER);
    this.acquisition = table('nps_transacional_aquisicao', ACQUISITION_HEADER);
    this.implementation =
      customers > MOST_IN_SHEET ? table('nps_transacional_implantacao', IMPLEMENTATION_COLUMNS.join(';')) : null;
    this.onboarding = table(
      'nps_transacional_onboarding',
      'Data de resposta;Cod Cliente;Recomenda o Onboarding;Atendimento CS',
    );
    this.product = table('nps_transacional_produto', 'Data da Resposta;Linha de Produto;Nome do Produto;Nota;Cód. T');
    this.support = table('nps_transacional_suporte', SUPPORT_HEADER);
    const files = [this.relation, this.acquisition, this.implementation, this.onboarding, this.product, this.support];
    this.files = files.filter((file) => file !== null);
  }

  write(customer: Customer, tickets: CustomerTickets, number: number, view: View, random: Random): RelationAnswers {
    const persona = PERSONAS[customer.persona]!;
    const { surveys, nps } = persona;
    const own: RelationAnswers = { count: 0, sum: 0 };
    const days = Math.min(SURVEY_DAYS, customer.tenureDays);
    for (let question = 0; question < ASKED; question++) {
      if (!random.chance(persona.answers)) continue;
      own.count++;
      own.sum += this.relate(random, view, typed(random, customer.code), days, persona).score;
    }
    if (number % STRAY_EVERY === STRAY_EVERY / 5) {
      if (this.relate(random, view, strangerCode(random), SURVEY_DAYS, persona).written) this.relation.strangers++;
      if (this.relate(random, view, '', SURVEY_DAYS, persona).written) this.relation.nobodys++;
    }
    const times = (mean: number, one: (day: number) => void) => {
      const count = random.poisson(mean);
      for (let time = 0; time < count; time++) one(view.until - random.int(0, days));
    };
    const row = (file: TableFile, day: number, line: string) => {
      if (view.keeps(day, SURVEY_DAYS)) file.row(line);
    };
    const scores = (count: number) => Array.from({ length: count }, () => note(random, nps));
    times(surveys.acquisition, (day) =>
      row(
        this.acquisition,
        day,
        `${customer.code};${brazilianDay(day)};${drawScore(random, nps)};${scores(5).join(';')}`,
      ),
    );
    times(surveys.implementation, (day) => {
      const [score, others] = [drawScore(random, nps), scores(6)];
      if (view.keeps(day, SURVEY_DAYS)) this.implemented(customer.code, day, score, others);
    });
    times(surveys.onboarding, (day) => {
      const when = `${brazilianDay(day)} ${clock(officeSecond(random))}`;
      const code = typed(random, customer.code);
      row(this.onboarding, day, `${when};${code};${drawScore(random, nps + 0.5)};${note(random, nps + 0.8)}`);
    });
    times(surveys.product, (day) => {
      const { line, name } = PRODUCTS[customer.contracts[random.int(0, customer.contracts.length)]!.product]!;
      row(this.product, day, `${isoDay(day)};${line};${name};${drawScore(random, nps)};${customer.code}`);
    });
    for (const { number: ticket, written } of tickets.drawn) {
      if (!random.chance(TICKET_ANSWERED)) continue;
      const line = supported(random, ticket, customer.code, persona);
      if (written) this.support.row(line);
    }
    return own;
  }

  /** Writes the workbook, if there is one, and gives its path and rows. */
  async finish(): Promise<{ path: string; rows: number }[]> {
    if (this.implementation) return [];
    const path = 'customers/nps_transacional_implantacao.xlsx';
    const columns = IMPLEMENTATION_COLUMNS.map((name) => (name.startsWith('Data') ? { numFmt: 'dd/mm/yyyy' } : {}));
    await writeSheet(join(this.out, path), this.sheet, 'Respostas', columns);
    return [{ path, rows: this.sheet.length - 1 }];
  }

  /** Draws an answer, and says whether it was written. */
  private relate(
    random: Random,
    { until, keeps }: View,
    code: string,
    days: number,
    persona: Persona,
  ): { score: number; written: boolean } {
    const { nps } = persona;
    const score = drawScore(random, nps);
    const notes = [nps - waited(persona), nps, nps, nps - 0.5, nps, nps, nps].map((mean) => note(random, mean, 1));
    const day = until - random.int(0, days);
    const when = `${isoDay(day)} ${clock(officeSecond(random))}`;
    const unit = UNITS[random.int(0, UNITS.length)];
    const written = keeps(day, SURVEY_DAYS);
    if (written) this.relation.row(`${when};${code};${score}.0;${unit};${notes.join(';')}`);
    return { score, written };
  }

  private implemented(code: string, day: number, score: number, scores: string[]): void {
    if (this.implementation) this.implementation.row([code, brazilianDay(day), score, ...scores].join(';'));
    else
      this.sheet.push([code, new Date(day * DAY_MS), score, ...scores.map((one) => (one === '' ? null : Number(one)))]);
  }
}

/** An answer about a ticket, as a line. */
function supported(random: Random, ticket: number, code: string, persona: Persona): string {
  const { nps } = persona;
  const score = drawScore(random, nps);
  const group = score >= 9 ? 'Promotor' : score >= 7 ? 'Neutro' : 'Detrator';
  const notes = [nps + 0.5, nps, nps - waited(persona), nps, nps].map((mean) => note(random, mean));
  return [ticket, score, group, ...notes, code].join(';');
}

/** A score that may have been left empty, with so many decimals. */
function note(random: Random, mean: number, decimals = 0): string {
  const score = drawScore(random, mean);
  return random.chance(UNANSWERED) ? '' : score.toFixed(decimals);
}

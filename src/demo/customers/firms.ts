import { AliasTable, type Random } from '../../kernel/random.ts';

export const SEGMENTS = [
  'MANUFATURA',
  'VAREJO',
  'SERVICOS',
  'EDUCACIONAL',
  'LOGISTICA',
  'AGROINDUSTRIA',
  'SAUDE',
  'CONSTRUCAO',
] as const;
export type Segment = (typeof SEGMENTS)[number];

/** What firms of a segment do, as the export says and as their names begin. */
const TRADES: Record<Segment, readonly (readonly [subsegment: string, kinds: readonly string[]])[]> = {
  MANUFATURA: [
    ['METALURGIA', ['Metalúrgica', 'Usinagem', 'Fundição']],
    ['PLASTICOS E EMBALAGENS', ['Plásticos', 'Embalagens']],
    ['TEXTIL E CONFECCAO', ['Tecelagem', 'Confecções']],
    ['ALIMENTOS E BEBIDAS', ['Laticínios', 'Bebidas', 'Indústria de Massas']],
    ['AUTOPECAS', ['Autopeças', 'Indústria de Eixos']],
  ],
  VAREJO: [
    ['SUPERMERCADOS', ['Supermercados', 'Atacadão']],
    ['MODA', ['Modas', 'Calçados', 'Magazine']],
    ['MATERIAL DE CONSTRUCAO', ['Casa & Construção', 'Ferragens']],
    ['FARMACIAS', ['Drogaria', 'Farmácias']],
  ],
  SERVICOS: [
    ['CONTABILIDADE', ['Contábil', 'Escritório Contábil']],
    ['CONSULTORIA', ['Consultoria', 'Soluções']],
    ['LIMPEZA E CONSERVACAO', ['Conservação', 'Facilities']],
    ['HOTELARIA', ['Hotéis', 'Pousada']],
  ],
  EDUCACIONAL: [
    ['ENSINO SUPERIOR', ['Universidade', 'Centro Universitário', 'Faculdades']],
    ['ENSINO BASICO', ['Colégio', 'Rede de Ensino']],
    ['CURSOS LIVRES', ['Instituto', 'Escola Técnica']],
  ],
  LOGISTICA: [
    ['TRANSPORTE RODOVIARIO', ['Transportes', 'Expresso', 'Transportadora']],
    ['ARMAZENAGEM', ['Armazéns Gerais', 'Logística']],
  ],
  AGROINDUSTRIA: [
    ['GRAOS', ['Agrícola', 'Cerealista', 'Cooperativa']],
    ['PROTEINA ANIMAL', ['Frigorífico', 'Avícola']],
    ['SUCROENERGETICO', ['Usina', 'Bioenergia']],
  ],
  SAUDE: [
    ['HOSPITAIS', ['Hospital', 'Santa Casa']],
    ['CLINICAS E LABORATORIOS', ['Clínica', 'Laboratório', 'Diagnósticos']],
  ],
  CONSTRUCAO: [
    ['INCORPORACAO', ['Incorporadora', 'Empreendimentos']],
    ['OBRAS E INFRAESTRUTURA', ['Construtora', 'Engenharia']],
  ],
};

/** Invented; any likeness of a combination is chance. */
const FIRST =
  'Serra Vale Pedra Rio Monte Campo Porto Nova Alto Santa São Bela Mata Lagoa Ponte Colina Várzea Ribeirão Ilha Barra'.split(
    ' ',
  );
const SECOND =
  'Azul Verde Dourada Clara Aurora Açaí Ipê Jatobá Araçá Cambuí Jequitibá Manacá Sucupira Juriti Sabiá Tangará Umbuzeiro Caviúna Guaraná Pitanga Grumixama Cajuí Buriti Macaúba Angico Aroeira Canjerana Perobá Taiúva Jurubá'.split(
    ' ',
  );
const FORMS = ['Ltda', 'Ltda', 'Ltda', 'S.A.', 'S/A', 'Ltda ME', 'EIRELI', '& Cia Ltda'] as const;

/** One firm in so many has a name that a CSV must quote. */
const QUOTED = 60;

const CITIES: readonly (readonly [uf: string, city: string, weight: number])[] = [
  ['SP', 'São Paulo', 22],
  ['SP', 'Campinas', 6],
  ['SP', 'Ribeirão Preto', 4],
  ['SP', 'São José dos Campos', 4],
  ['SP', 'Sorocaba', 3],
  ['SP', 'Franca', 2],
  ['RJ', 'Rio de Janeiro', 8],
  ['RJ', 'Niterói', 2],
  ['MG', 'Belo Horizonte', 7],
  ['MG', 'Uberlândia', 3],
  ['MG', 'Juiz de Fora', 2],
  ['ES', 'Vitória', 2],
  ['PR', 'Curitiba', 6],
  ['PR', 'Maringá', 3],
  ['PR', 'Londrina', 3],
  ['SC', 'Joinville', 6],
  ['SC', 'Florianópolis', 3],
  ['SC', 'Blumenau', 3],
  ['SC', 'Chapecó', 2],
  ['RS', 'Porto Alegre', 5],
  ['RS', 'Caxias do Sul', 4],
  ['RS', 'Novo Hamburgo', 2],
  ['GO', 'Goiânia', 4],
  ['GO', 'Anápolis', 2],
  ['DF', 'Brasília', 3],
  ['MT', 'Cuiabá', 2],
  ['MT', 'Rondonópolis', 1],
  ['MS', 'Campo Grande', 2],
  ['BA', 'Salvador', 4],
  ['BA', 'Feira de Santana', 1],
  ['PE', 'Recife', 4],
  ['PE', 'Jaboatão dos Guararapes', 1],
  ['CE', 'Fortaleza', 4],
  ['RN', 'Natal', 1],
  ['PB', 'João Pessoa', 1],
  ['AL', 'Maceió', 1],
  ['SE', 'Aracaju', 1],
  ['PI', 'Teresina', 1],
  ['MA', 'São Luís', 1],
  ['PA', 'Belém', 2],
  ['AM', 'Manaus', 3],
  ['RO', 'Porto Velho', 1],
  ['TO', 'Palmas', 1],
];
const CITY = new AliasTable(CITIES.map(([, , weight]) => weight));

const BANDS = [
  'Faixa 01 - Ate 7,5 M',
  'Faixa 02 - De 7,5 M ate 15 M',
  'Faixa 03 - De 15 M ate 25 M',
  'Faixa 04 - De 25 M ate 50 M',
  'Faixa 05 - De 50 M ate 75 M',
  'Faixa 06 - De 75 M ate 150 M',
  'Faixa 07 - De 150 M ate 300 M',
  'Faixa 08 - De 300 M ate 850 M',
  'Faixa 09 - Acima de 850 M',
] as const;
const BAND_DEVIATION = 0.8;

export interface Firm {
  /** As a CSV writes it, between quotes where it must be. */
  name: string;
  segment: Segment;
  subsegment: string;
  band: string;
  uf: string;
  city: string;
}

/** Draws the firm that a customer is. `band`: the mean size band, from 1 to 9. */
export function drawFirm(random: Random, segment: Segment, band: number): Firm {
  const one = <T>(items: readonly T[]): T => items[random.int(0, items.length)]!;
  const [subsegment, kinds] = one(TRADES[segment]);
  const [kind, first, second, form] = [one(kinds), one(FIRST), one(SECOND), one(FORMS)];
  const quoted = random.int(0, QUOTED) === 0;
  const [uf, city] = CITIES[CITY.pick(random)]!;
  const size = Math.round(random.normal(band, BAND_DEVIATION));
  return {
    name: quoted ? `"${kind} ""${first} ${second}""; filial"` : `${kind} ${first} ${second} ${form}`,
    ...{ segment, subsegment, uf, city },
    band: BANDS[Math.max(1, Math.min(BANDS.length, size)) - 1]!,
  };
}

import { expect, test } from 'vitest';
import type { ReceivedColumn } from '../features/treatment.ts';
import { profileOf } from '../segments/traits.ts';
import { levelOf, medianOf, rankIn } from './levels.ts';
import { personasOf } from './personas.ts';
import { type Play, readPlaybook, USUAL_PLAYBOOK } from './playbook.ts';
import { type Role, rolesOf } from './roles.ts';

test('ranks count half of the equal; the median of an even number lies between two', () => {
  const sorted = Float64Array.of(1, 2, 2, 2, 5);
  expect([0, 1, 2, 3, 5, 9].map((value) => rankIn(sorted, value))).toEqual([0, 0.1, 0.5, 0.8, 0.9, 1]);
  expect([medianOf(sorted), medianOf(Float64Array.of(1, 2, 4, 9)), medianOf(new Float64Array())]).toEqual([
    ...[2, 3, Number.NaN],
  ]);
  expect([0, 0.09, 0.1, 0.5, 0.85, 0.97, 1].map(levelOf)).toEqual([
    ...['lowest', 'lowest', 'low', 'moderate', 'veryHigh', 'extreme', 'extreme'],
  ]);
});

test('roles are told by the names that exports have, each column once; those asked for come first', () => {
  const names = [
    ...['CLIENTE_DESDE_dias', 'DS_SEGMENTO_mais_comum', 'FAT_FAIXA_mais_comum', 'UF_mais_comum', 'MRR_12M'],
    ...['tickets_linhas', 'telemetria_linhas', 'resposta_NPS_mediana', 'QTD_CONTRATACOES_12M', 'DS_PROD_mais_comum'],
  ];
  expect(Object.fromEntries(rolesOf(names))).toEqual({
    ...{ value: 'MRR_12M', tenure: 'CLIENTE_DESDE_dias', usage: 'telemetria_linhas', size: 'FAT_FAIXA_mais_comum' },
    ...{ segment: 'DS_SEGMENTO_mais_comum', satisfaction: 'resposta_NPS_mediana', tickets: 'tickets_linhas' },
    ...{ purchases: 'QTD_CONTRATACOES_12M', product: 'DS_PROD_mais_comum', state: 'UF_mais_comum' },
  });
  expect(rolesOf(['a', 'b'], new Map([['usage', 'b']]))).toEqual(new Map([['usage', 'b']]));
  expect(() => rolesOf(['a'], new Map([['usage', 'c']]))).toThrow('O arquivo não tem a coluna c. Use entre a');
  expect(() => rolesOf(['a'], new Map([['uso', 'a']]))).toThrow('Papel desconhecido: uso');
});

/** Twelve customers: four worth nothing known and asleep, four big that use all day, four as any other. */
const value = [10, 20, 30, Number.NaN, 900, 1000, 1100, 1200, 100, 110, 120, 130];
const columns: ReceivedColumn[] = [
  { name: 'mrr', numbers: Float64Array.from(value) },
  { name: 'dias', numbers: Float64Array.from([400, 500, 600, 700, 3000, 3100, 3200, 3300, 900, 1000, 1100, 1200]) },
  { name: 'uso', numbers: Float64Array.from([...Array(4).fill(Number.NaN), 80, 90, 100, 110, 10, 20, 30, 40]) },
  {
    name: 'faixa',
    texts: [...Array(4).fill('Faixa 01'), ...Array(4).fill('Faixa 10'), ...Array(3).fill('Faixa 2'), 'Sem informação'],
  },
  {
    name: 'segmento',
    texts: [
      ...Array(4).fill('VAREJO'),
      'EDUCACIONAL',
      'EDUCACIONAL',
      'EDUCACIONAL',
      'SAÚDE',
      ...Array(4).fill('SAÚDE'),
    ],
  },
];
const roles = new Map<Role, string>([
  ...([
    ['value', 'mrr'],
    ['tenure', 'dias'],
    ['usage', 'uso'],
    ['size', 'faixa'],
    ['segment', 'segmento'],
  ] as const),
]);
const grouping = { groups: 3, labels: Int32Array.from([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]) };

test('groups stand where their middle customer does, by hand, and follow the play that they are like', () => {
  const [asleep, elite, plain] = personasOf(columns, roles, grouping, USUAL_PLAYBOOK, profileOf(columns, grouping));
  // Of eleven known values 20 has one below and itself: 1.5 / 11.
  expect(asleep).toMatchObject({
    ...{ group: 1, play: 'Clientes Adormecidos', first: true, customers: 4, share: 1 / 3, worth: 60 },
    segment: { is: 'VAREJO', share: 1, base: 1 / 3, n: 4 },
  });
  expect(asleep!.standings.value).toMatchObject({ rank: 1.5 / 11, level: 'low', median: 20, mean: 20, n: 3 });
  // Nobody of them has any usage: that is none, and not unknown.
  expect(asleep!.standings.usage).toMatchObject({ rank: 0, level: 'none', median: 0, n: 4 });
  expect(asleep!.worthShare).toBeCloseTo(60 / 4720, 12);
  expect(elite).toMatchObject({
    ...{ play: 'Super-Usuários de Elite', size: { rank: 9 / 11, is: 'Faixa 10', n: 4 } },
    segment: { is: 'EDUCACIONAL', share: 0.75, base: 0.25 },
  });
  expect(elite!.standings.value!.index).toBeCloseTo((100 * 1050) / (4720 / 11), 9);
  expect(plain).toMatchObject({ play: 'Clientes Padrão', size: { is: 'Faixa 2', n: 3 } });
  expect(plain!.segments).toEqual([{ is: 'SAÚDE', customers: 4 }]);
});

test('of two groups of one play the more alike goes by its name, the other by what tells it; none goes by a play unlike it', () => {
  const plays: Play[] = [{ name: 'Grandes', like: { value: 1, usage: 1 }, pain: 'a', action: 'b' }];
  const four = { groups: 4, labels: Int32Array.from([0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 3]) };
  const found = personasOf(columns, roles, four, plays, profileOf(columns, four));
  expect(found.map(({ play, first }) => [play, first])).toEqual([
    [null, false],
    ['Grandes', false],
    ['Grandes', true],
    [null, false],
  ]);
  expect(found[1]!.differs).not.toBeNull();
  expect(found[0]).toMatchObject({ pain: null, action: null });
});

test('a play is of no group where the base lacks what it is told by', () => {
  const known = columns.filter(({ name }) => name !== 'uso');
  const without = new Map([...roles].filter(([role]) => role !== 'usage'));
  const plays: Play[] = [
    { name: 'De uso', like: { value: 1, usage: 1 }, pain: 'a', action: 'b' },
    { name: 'Sem uso', like: { value: 1, tenure: 1 }, pain: 'a', action: 'b' },
  ];
  const named = (...some: Play[]) =>
    personasOf(known, without, grouping, some, profileOf(known, grouping)).map(({ play }) => play);
  expect(named(...plays)).toEqual([null, 'Sem uso', null]);
  expect(named(plays[0]!)).toEqual([null, null, null]);
});

test('a group of which next to nothing is known stands nowhere', () => {
  const scarce = [{ name: 'mrr', numbers: Float64Array.from([5, ...Array(3).fill(Number.NaN), 1, 2]) }];
  const [first] = personasOf(
    scarce,
    new Map([['value', 'mrr']]),
    { groups: 2, labels: Int32Array.from([0, 0, 0, 0, 1, 1]) },
    [],
    [[], []],
  );
  expect(first).toMatchObject({
    play: null,
    worth: 5,
    standings: { value: { rank: null, level: null, n: 1, median: 5 } },
  });
});

test('a playbook is read as it is written, or refused with where it is wrong', () => {
  expect(readPlaybook(JSON.stringify(USUAL_PLAYBOOK))).toEqual(USUAL_PLAYBOOK);
  const play = { name: 'A', like: { value: 0.5 }, pain: 'x', action: 'y' };
  expect(() => readPlaybook('{')).toThrow('O roteiro não é JSON');
  expect(() => readPlaybook(JSON.stringify([{ ...play, like: { value: 2 } }]))).toThrow(
    'O roteiro não se entende em /0/like/value',
  );
  expect(() => readPlaybook(JSON.stringify([play, play]))).toThrow('O roteiro repete A');
});

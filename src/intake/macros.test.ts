import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalCpf, cpfCheckDigits } from '../kernel/brazil/cpf.ts';
import { DDDS, ufOfDdd } from '../kernel/brazil/ddd.ts';
import { canonicalPhone } from '../kernel/brazil/phone.ts';
import { Lake } from '../storage/lake.ts';
import { createMacros } from './macros.ts';

const folder = mkdtempSync(join(tmpdir(), 'ramal-macros-'));
let lake: Lake;

beforeAll(async () => {
  lake = await Lake.open({ home: folder, memoryMb: 500, threads: 2, timeZone: 'America/Sao_Paulo' });
  await lake.use(createMacros);
});
afterAll(() => {
  lake.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a macro makes of each text, in order. */
async function ofEach(macro: string, texts: readonly string[]): Promise<unknown[]> {
  const rows = await lake.rows<{ y: unknown }>(
    `SELECT ${macro}(x) AS y FROM (SELECT unnest(from_json($texts, '["VARCHAR"]')) AS x)`,
    { texts: JSON.stringify(texts) },
  );
  return rows.map(({ y }) => y);
}

/** The texts on which macro and function differ, with both answers. */
async function differences(macro: string, texts: readonly string[], function_: (text: string) => unknown) {
  const found = await ofEach(macro, texts);
  return texts.flatMap((text, index) => {
    const wanted = function_(text);
    return found[index] === wanted ? [] : [{ text, sql: found[index], wanted }];
  });
}

let state = 20_260_302;
function draw(size: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  return (state >>> 8) % size;
}
const pick = <T>(values: readonly T[]): T => values[draw(values.length)] as T;
const digits = (count: number) => Array.from({ length: count }, () => draw(10)).join('');
const some = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** Characters put in, taken out or changed: what files do to good values. */
function damaged(text: string, alphabet: string): string {
  const at = draw(text.length + 1);
  const character = alphabet[draw(alphabet.length)] ?? '';
  return pick([text.slice(0, at) + character + text.slice(at), text.slice(0, at) + text.slice(at + 1), ` ${text} `]);
}

describe('canonical_phone', () => {
  const PREFIXES = ['', '', '', '+55', '55', '0055', '00', '0', '015', '021', '+1', '+5', '+', '(', '55 0'];
  const SUFFIXES = ['', '', '', '', ' ramal 12', ' r. 3', ' EXT 9', '.0', ' Ramal: 4', 'x', ' / 2'];
  function phone(): string {
    const ddd = draw(4) === 0 ? digits(2) : pick(DDDS);
    const number = pick([
      () => `9${digits(8)}`,
      () => pick(['2', '3', '4', '5']) + digits(7),
      () => digits(8),
      () => digits(9),
    ])();
    const form = pick([
      `${ddd}${number}`,
      `(${ddd}) ${number.slice(0, -4)}-${number.slice(-4)}`,
      `${ddd} ${number.slice(0, -4)} ${number.slice(-4)}`,
      `${ddd}-${number.slice(0, -4)}.${number.slice(-4)}`,
    ]);
    return pick(PREFIXES) + form + pick(SUFFIXES);
  }
  const ADVERSARIAL = [
    ...['', ' ', '0', '00', '0055', '+', '+55', '-', '()', 'ANONIMO', 'null', '11', '119', '1'.repeat(50), '٣٣٣٣٤٤٤٤'],
    ...[
      '11987654321.0',
      '1133334444.0',
      '119876543210.0',
      '5511987654321.0',
      '11.98765.4321',
      '11987654321 ramal',
      '11987654321ramal1',
    ],
    ...[
      '\t11 98765-4321\n',
      '11\u00a098765-4321',
      '\u00a011987654321',
      '11\u200998765\u20094321',
      '11987654321\u0000',
      '11－98765－4321',
    ],
    ...[
      '011 98765 4321',
      '0 15 11 98765 4321',
      '0xx11987654321',
      '0XX11 98765-4321',
      '+55 (11) 98765-4321',
      '+055 11 98765-4321',
    ],
    ...[
      '55987654321',
      '5598765432',
      '55 55 98765-4321',
      '0800 123 4567',
      '4004 1234',
      '190',
      '20 98765-4321',
      '11 00000-0000',
      '11 10000-0000',
    ],
    ...[
      '11 91000-0000',
      '1160000000',
      '1170000000',
      '1199999999',
      '11 9999-9999',
      '+1 212 555 0100',
      '+5511987654321',
      '++5511987654321',
      '11+987654321',
    ],
    ...[
      '00551187654321',
      '005511987654321',
      '00 55 11 98765-4321',
      '0055 0 11 98765-4321',
      '55 011 98765-4321',
      '55 015 11 98765 4321',
    ],
  ];

  it('agrees with the function on 24,000 numbers as files write them', async () => {
    const good = some(12_000, phone);
    const texts = [...ADVERSARIAL, ...good, ...good.map((one) => damaged(one, '0123456789 ()-.+x/ar\t\u00a0'))];
    expect(await differences('canonical_phone', texts, (text) => canonicalPhone(text))).toEqual([]);
    const known = texts.filter((text) => canonicalPhone(text) !== null).length;
    expect(known).toBeGreaterThan(texts.length / 5);
  });
});

describe('canonical_cpf', () => {
  const cpf = () => {
    const nine = draw(5) === 0 ? `000${digits(6)}` : digits(9);
    return `${nine}${draw(4) === 0 ? digits(2) : cpfCheckDigits(nine)}`;
  };
  const masked = (text: string) => `${text.slice(0, 3)}.${text.slice(3, 6)}.${text.slice(6, 9)}-${text.slice(9)}`;
  const written = () => {
    const text = cpf();
    return pick([
      text,
      text,
      masked(text),
      masked(text),
      text.replace(/^0+/, ''),
      `${text.slice(0, 9)}-${text.slice(9)}`,
      ` ${text}`,
    ]);
  };
  const ADVERSARIAL = [
    ...[
      '',
      ' ',
      '0',
      '-',
      '52998224725',
      '529.982.247-25',
      '529.982.247/25',
      '529 982 247 25',
      '52998224726',
      '5299822472',
    ],
    ...[
      '00000000000',
      '11111111111',
      '99999999999',
      '12345678909',
      '01234567890',
      '123',
      '529.98.2247-25',
      '52998224725 ',
      '\t52998224725',
    ],
    ...[
      '\u00a052998224725',
      '529982247-25',
      '529.982.24725',
      '5.2.9.9.8.2.2.4.7.2.5',
      '٥٢٩٩٨٢٢٤٧٢٥',
      '52998224725.0',
      '1'.repeat(40),
      '000000191',
      '191',
    ],
  ];

  it('agrees with the function on 24,000 numbers as files write them', async () => {
    const good = some(12_000, written);
    const texts = [...ADVERSARIAL, ...good, ...good.map((one) => damaged(one, '0123456789.-/ a'))];
    expect(await differences('canonical_cpf', texts, canonicalCpf)).toEqual([]);
    expect(texts.filter((text) => canonicalCpf(text) !== null).length).toBeGreaterThan(texts.length / 4);
  });
});

describe('uf_of_ddd', () => {
  it('agrees with the function on every text of up to two digits and some others', async () => {
    const texts = [
      ...some(1000, () => digits(3)),
      ...Array.from({ length: 100 }, (_, ddd) => String(ddd).padStart(2, '0')),
      '',
      '1',
      ' 11',
      'AB',
    ];
    expect(await differences('uf_of_ddd', texts, ufOfDdd)).toEqual([]);
  });
});

describe('canonical_email', () => {
  it.each([
    ['Ana.Silva@Cliente.COM.BR', 'ana.silva@cliente.com.br'],
    ['  ana@x.io ', 'ana@x.io'],
    ['ÁGUA@cliente.com', 'água@cliente.com'],
    ['a+b%c@sub.dominio.example', 'a+b%c@sub.dominio.example'],
    ['ana', null],
    ['ana@cliente', null],
    ['@cliente.com', null],
    ['ana@@cliente.com', null],
    ['ana silva@cliente.com', null],
    ['ana@cliente.com, rui@cliente.com', null],
    ['ana@cliente.com;rui@cliente.com', null],
    ['Ana <ana@cliente.com>', null],
    ['"ana"@cliente.com', null],
    ['ana@cliente.c', null],
    ['ana@cliente.123', null],
    ['', null],
  ])('%s is %s', async (text, expected) => {
    expect(await ofEach('canonical_email', [text])).toEqual([expected]);
  });
});

describe('seconds_of_clock', () => {
  /** Written again from the definition: h:mm:ss with a sign, or mm:ss. */
  function secondsOf(text: string): number | null {
    const parts = text.split(':');
    const negative = parts.length === 3 && text.startsWith('-');
    const numbers = parts.map((part, index) => (negative && index === 0 ? part.slice(1) : part));
    const shapes = numbers.every((part, index) => (index === 0 ? /^[0-9]{1,4}$/ : /^[0-5][0-9]$/).test(part));
    if (!shapes || parts.length < 2 || parts.length > 3) return null;
    const seconds = numbers.reduce((sum, part) => sum * 60 + Number(part), 0);
    return negative && seconds !== 0 ? -seconds : seconds;
  }

  it('agrees with its definition on 20,000 clocks', async () => {
    const two = () => String(draw(75)).padStart(draw(6) === 0 ? 1 : 2, '0');
    const clock = () =>
      `${pick(['', '', '', '-', '+', ' '])}${pick([two(), digits(1), digits(4), digits(5), ''])}:${two()}${draw(3) === 0 ? '' : `:${two()}`}`;
    const texts = [
      '',
      ':',
      '::',
      '00:00:00',
      '-00:00:00',
      '-00:00:07',
      '9999:59:59',
      '1:2:3',
      '24:00:00',
      '00:60:00',
      '#VALOR!',
      ...some(20_000, clock),
    ];
    expect(await differences('seconds_of_clock', texts, secondsOf)).toEqual([]);
    expect(texts.filter((text) => secondsOf(text) !== null).length).toBeGreaterThan(4000);
  });
});

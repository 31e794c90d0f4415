import type { Readable } from 'node:stream';
import type { PersonaFile } from '../customers/personas/persona-file.ts';
import type { Persona } from '../customers/personas/personas.ts';
import { AMOUNTS } from '../customers/personas/roles.ts';
import type { PersonaText } from '../customers/segments/kept-segments.ts';
import { PERSONA_WORDS, personaName, portraitOf } from './persona-words.ts';
import { oneBlock } from './table-file.ts';
import type { FileLang } from './words.ts';
import { type Sheet, workbookStream } from './workbook.ts';

/** The personas as a workbook for the business: who they are, their means, their segments, what to do with each. */
export function personaWorkbook(
  { customers, roles, personas, warnings }: PersonaFile,
  lang: FileLang,
  missingLabel: string,
  texts: ReadonlyMap<number, PersonaText> = new Map(),
): Readable {
  const nameOf = (one: Persona) => texts.get(one.group)?.name ?? personaName(one, lang);
  const words = PERSONA_WORDS[lang];
  const { columns } = words;
  const count = customers.toLocaleString(lang === 'pt' ? 'pt-BR' : 'en');
  const about: [string, string][] = [
    [columns.customers, count],
    ...roles.map(({ role, column, coverage }): [string, string] => [
      words.roles[role],
      `${column} (${coverage.toLocaleString(lang === 'pt' ? 'pt-BR' : 'en', { style: 'percent', maximumFractionDigits: 1 })})`,
    ]),
    ...warnings.map((warning): [string, string] => ['!', warning]),
  ];
  return workbookStream({
    lang,
    missingLabel,
    about,
    sheets: [whoSheet(), meansSheet(), segmentSheet(), actionSheet()],
  });

  function whoSheet(): Sheet {
    return {
      name: words.sheets.clusters,
      columns: [
        { name: columns.persona, kind: 'text' },
        { name: columns.group, kind: 'code' },
        { name: columns.customers, kind: 'integer' },
        { name: columns.share, kind: 'ratio' },
        { name: columns.worth, kind: 'number' },
        { name: columns.worthShare, kind: 'ratio' },
        { name: columns.portrait, kind: 'text' },
        { name: columns.traits, kind: 'text' },
        { name: columns.likeness, kind: 'ratio' },
      ],
      rows: oneBlock(
        personas.map((one) => [
          ...[nameOf(one), one.group, one.customers, one.share, one.worth, one.worthShare],
          ...[
            texts.get(one.group)?.portrait ?? portraitOf(one, lang),
            traitsText(one),
            one.play === null ? null : one.likeness,
          ],
        ]),
      ),
    };
  }

  function meansSheet(): Sheet {
    return {
      name: words.sheets.means,
      columns: [
        { name: columns.persona, kind: 'text' },
        { name: columns.measure, kind: 'text' },
        { name: columns.mean, kind: 'number' },
        { name: columns.median, kind: 'number' },
        { name: columns.index, kind: 'number' },
        { name: columns.rank, kind: 'ratio' },
        { name: columns.level, kind: 'text' },
        { name: columns.known, kind: 'integer' },
      ],
      rows: oneBlock(
        personas.flatMap((one) =>
          AMOUNTS.flatMap((role) => {
            const own = one.standings[role];
            if (!own || own.n === 0) return [];
            return [
              [
                nameOf(one),
                words.roles[role],
                own.mean,
                own.median,
                own.index,
                own.rank,
                own.level && words.levels[own.level],
                own.n,
              ],
            ];
          }),
        ),
      ),
    };
  }

  function segmentSheet(): Sheet {
    return {
      name: words.sheets.segments,
      columns: [
        { name: columns.persona, kind: 'text' },
        { name: columns.segment, kind: 'text' },
        { name: columns.customers, kind: 'integer' },
        { name: columns.ofPersona, kind: 'ratio' },
      ],
      rows: oneBlock(
        personas.flatMap((persona) =>
          persona.segments.map((one) => [nameOf(persona), one.is, one.customers, one.customers / persona.customers]),
        ),
      ),
    };
  }

  function actionSheet(): Sheet {
    return {
      name: words.sheets.actions,
      columns: [
        { name: columns.persona, kind: 'text' },
        { name: columns.customers, kind: 'integer' },
        { name: columns.pain, kind: 'text' },
        { name: columns.action, kind: 'text' },
      ],
      rows: oneBlock(
        personas.map((one) => [
          ...[nameOf(one), one.customers, texts.get(one.group)?.pain ?? one.pain],
          texts.get(one.group)?.action ?? one.action,
        ]),
      ),
    };
  }
}

/** `DS_SEGMENTO VAREJO 62% (base 31%); MRR_12M 120 (base 480)`. */
function traitsText({ traits }: Persona): string {
  const number = (value: number) => value.toLocaleString('pt-BR', { maximumSignificantDigits: 3 });
  const share = (value: number) => value.toLocaleString('pt-BR', { style: 'percent' });
  return traits
    .map(({ column, is, value, base }) =>
      is === undefined
        ? `${column} ${number(value)} (base ${number(base)})`
        : `${column} ${is} ${share(value)} (base ${share(base)})`,
    )
    .join('; ');
}

import type { Readable } from 'node:stream';
import type { NpsByGroup } from '../customers/personas/nps.ts';
import type { PersonaFile } from '../customers/personas/persona-file.ts';
import type { Persona } from '../customers/personas/personas.ts';
import { AMOUNTS } from '../customers/personas/roles.ts';
import type { PersonaText } from '../customers/segments/divisions.ts';
import { shareText, toldTraits, traitText, worthWords } from './persona-fields.ts';
import { sayPlay } from './persona-plays.ts';
import { levelText, PERSONA_WORDS, personaName, portraitOf, steadyText } from './persona-words.ts';
import { oneBlock } from './table-file.ts';
import { countText, type FileLang } from './words.ts';
import { type Sheet, workbookStream } from './workbook.ts';

interface Kept {
  /** What people wrote, by group. */
  readonly texts?: ReadonlyMap<number, PersonaText>;
  readonly groups?: readonly { readonly number: number; readonly stability: number | null }[];
  readonly nps?: NpsByGroup | null;
}

/** The personas as a workbook for the business: who they are, their means, their segments, what to do with each. */
export function personaWorkbook(
  { customers, roles, personas, warnings }: PersonaFile,
  lang: FileLang,
  missingLabel: string,
  { texts = new Map(), groups, nps = null }: Kept = {},
): Readable {
  const nameOf = (one: Persona) => texts.get(one.group)?.name ?? personaName(one, lang);
  const words = PERSONA_WORDS[lang];
  const { columns } = words;
  const worth = worthWords(roles)[lang];
  const stabilityOf = ({ group }: Persona) => groups?.find(({ number }) => number === group)?.stability ?? null;
  const said = (text: string | null) => text && sayPlay(text, lang);
  const about: [string, string][] = [
    [columns.customers, countText(customers, lang)],
    ...roles.map(({ role, column, coverage }): [string, string] => [
      words.roles[role],
      `${column} (${shareText(coverage, lang, 1)})`,
    ]),
    ...warnings.map((warning): [string, string] => ['!', warning]),
  ];
  return workbookStream({
    lang,
    missingLabel,
    about,
    sheets: [whoSheet(), meansSheet(), segmentSheet(), actionSheet(), ...(nps ? [npsSheet(nps)] : [])],
  });

  function whoSheet(): Sheet {
    return {
      name: words.sheets.clusters,
      columns: [
        { name: columns.persona, kind: 'text' },
        { name: columns.group, kind: 'code' },
        { name: columns.customers, kind: 'integer' },
        { name: columns.share, kind: 'ratio' },
        { name: words.worthSum(worth), kind: 'number' },
        { name: words.worthShare(worth), kind: 'ratio' },
        { name: columns.portrait, kind: 'text' },
        { name: columns.traits, kind: 'text' },
        { name: columns.likeness, kind: 'ratio' },
        ...(groups
          ? ([
              { name: columns.stability, kind: 'number' },
              { name: columns.steady, kind: 'text' },
            ] as const)
          : []),
      ],
      rows: oneBlock(
        personas.map((one) => [
          ...[nameOf(one), one.group, one.customers, one.share, one.worth, one.worthShare],
          ...[
            texts.get(one.group)?.portrait ?? portraitOf(one, lang),
            toldTraits(one)
              .map((trait) => traitText(trait, lang))
              .join('; '),
            one.play === null ? null : one.likeness,
          ],
          ...(groups ? [stabilityOf(one), steadyText(stabilityOf(one), lang)] : []),
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
                role === 'value' ? worth : words.roles[role],
                own.mean,
                own.median,
                own.index,
                own.rank,
                own.level && levelText(own.level, role, lang),
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

  function npsSheet({ groups: of, base }: NpsByGroup): Sheet {
    const { nps: heads, base: all } = words;
    const names = new Map(personas.map((one) => [one.group, nameOf(one)]));
    const rows = [...of.map(({ group, ...own }) => [names.get(group) ?? group, own] as const), [all, base] as const];
    return {
      name: 'NPS',
      columns: [
        { name: columns.persona, kind: 'text' },
        ...heads.map((name) => ({ name, kind: /^(NPS|IC|CI)/.test(name) ? 'number' : 'integer' }) as const),
      ],
      rows: oneBlock(
        rows.map(([name, own]) => [
          ...[name, own.score, own.interval?.[0] ?? null, own.interval?.[1] ?? null],
          ...[own.customers, own.n, own.promoters, own.passives, own.detractors],
        ]),
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
          ...[nameOf(one), one.customers, texts.get(one.group)?.pain ?? said(one.pain)],
          texts.get(one.group)?.action ?? said(one.action),
        ]),
      ),
    };
  }
}

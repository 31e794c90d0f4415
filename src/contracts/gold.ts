import { CUTS, type GRAINS } from './dimensions.ts';
import { type Column, type Table, table } from './table.ts';

/** The rules whose marks gold holds, in the order they are shown. */
export const MARKED_RULES = [
  'house',
  'house-received',
  'house-linked',
  'previous-24h',
  'previous-72h',
  'previous-7d',
  'same-day-type',
  'digits-168h',
  'forwarded-7d',
] as const;

/** What one rule says of one contact: its place in an episode and what came back after it. */
export const ruleMark = {
  role: {
    type: "ENUM('none', 'anchor', 'repeat', 'leg')",
    meaning: 'Âncora, rechamada, perna unida a um atendimento anterior, ou none: a regra não conta o atendimento',
    personal: 'none',
    required: true,
  },
  why: {
    type: "ENUM('anonymous', 'unhandled', 'first', 'late', 'other', 'forwarded', 'joined', 'repeat')",
    meaning:
      'Por que: sem identificação, sem atendimento humano, primeiro contato, fora da janela, houve outro a tempo de outro ' +
      'número ou tipo, encaminhado, unido ao anterior, rechamada',
    personal: 'none',
    required: true,
  },
  anchor_row_id: {
    type: 'BIGINT',
    meaning: 'A quem a rechamada é debitada: a âncora (casa) ou o contato anterior (clássica); senão a própria linha',
    personal: 'none',
    required: true,
  },
  bucket: {
    type: "ENUM('none', 'D0', 'D1_3', 'D4_W')",
    meaning: 'Dias até a rechamada; none fora de rechamadas',
    personal: 'none',
    required: true,
  },
  same_reason: { type: 'BOOLEAN', meaning: 'Mesmo motivo de quem recebe o débito', personal: 'none', required: true },
  ended_on: { type: 'DATE', meaning: 'Dia em que o atendimento, já unido, terminou', personal: 'none', required: true },
  repeats: { type: 'INTEGER', meaning: 'Rechamadas debitadas a esta linha', personal: 'none', required: true },
  repeats_same: { type: 'INTEGER', meaning: 'Idem, pelo mesmo motivo', personal: 'none', required: true },
  repeats_d0: { type: 'INTEGER', meaning: 'Idem, no mesmo dia', personal: 'none', required: true },
  repeats_d1_3: { type: 'INTEGER', meaning: 'Idem, em até 3 dias', personal: 'none', required: true },
} as const satisfies Record<string, Column>;

/** The table of what rules say of contacts, one row per contact: each rule has its own columns, `RULE.NAME`. */
export function markTable(rules: readonly string[]): Table {
  const columns: Record<string, Column> = {
    row_id: { type: 'BIGINT', meaning: 'Linha de silver.contact', personal: 'none', required: true },
    identity: {
      type: 'UBIGINT',
      meaning: 'Identidade; de quem não se identifica, um número só da linha',
      personal: 'personal',
      required: true,
    },
  };
  for (const rule of rules) {
    for (const [name, column] of Object.entries(ruleMark)) columns[`${rule}.${name}`] = column;
  }
  return table({
    schema: 'gold',
    name: 'mark',
    meaning: 'O que cada regra de rechamada diz de cada atendimento não anulado, lado a lado',
    columns,
  });
}

export const mark = markTable(MARKED_RULES);

/** Which identities contacts show together; see {@link person}. */
export const link = table({
  schema: 'gold',
  name: 'link',
  meaning: 'Pares de identidades vistos nas mesmas pernas: a principal e cada uma das outras',
  columns: {
    one: { type: 'UBIGINT', meaning: 'A menor das duas', personal: 'personal', required: true },
    other: { type: 'UBIGINT', meaning: 'A maior', personal: 'personal', required: true },
    legs: { type: 'BIGINT', meaning: 'Pernas que as mostram juntas', personal: 'none', required: true },
  },
});

/** Identities that links make one caller. */
export const person = table({
  schema: 'gold',
  name: 'person',
  meaning: 'A pessoa de cada identidade que outras acompanham; as demais são a própria pessoa',
  columns: {
    identity: { type: 'UBIGINT', meaning: 'Identidade', personal: 'personal', required: true },
    person: { type: 'UBIGINT', meaning: 'A menor identidade das que se unem', personal: 'personal', required: true },
  },
});

/** What the events of each contact come to; a contact without any is not here. */
export const followed = table({
  schema: 'gold',
  name: 'followed',
  meaning: 'O que os eventos dizem de cada atendimento que os tem',
  columns: {
    source: { type: 'VARCHAR', meaning: 'Fonte do atendimento', personal: 'none', required: true },
    contact_id: { type: 'VARCHAR', meaning: 'Chave natural do atendimento na fonte', personal: 'none', required: true },
    answered_waits: {
      type: 'INTEGER[]',
      meaning: 'De cada mensagem respondida, da primeira sem resposta à resposta, em segundos, na ordem em que vieram',
      personal: 'none',
      required: true,
    },
    reopenings: { type: 'BIGINT', meaning: 'Como em contact_mart', personal: 'none', required: true },
    closings: { type: 'BIGINT', meaning: 'Fechamentos', personal: 'none', required: true },
    reopened_at: { type: 'TIMESTAMP', meaning: 'A última reabertura', personal: 'none' },
  },
});

const measure = (meaning: string): Column => ({ type: 'BIGINT', meaning, personal: 'none', required: true });

const martDimensions: Record<string, Column> = {
  grain: { type: 'VARCHAR', meaning: 'Recorte a que a linha pertence', personal: 'none', required: true },
  source: { type: 'VARCHAR', meaning: 'Fonte', personal: 'none', required: true },
  day: { type: 'DATE', meaning: 'Dia', personal: 'none', required: true },
  ...Object.fromEntries(CUTS.map(({ name, type, meaning }) => [name, { type, meaning, personal: 'none' }])),
};

/** What counts as answered in time (T) and as given up at once (t), in seconds of wait: both ends in. */
export const WAIT_LIMITS = { answerWithinSeconds: 20, shortAbandonSeconds: 10 } as const;

/** In how many calendar days closed contacts were resolved, in groups: first and last day of each, the last one open. */
export const RESOLUTION_GROUPS = [0, 1, 3, 7, 15, null].map((to, index, ends) => {
  const from = index === 0 ? 0 : (ends[index - 1] ?? 0) + 1;
  return { measure: ['resolved', from, ...(to === from ? [] : [to ?? 'on'])].join('_'), from, to };
});

/** Additive measures of contacts; every indicator is a quotient of sums of these. */
export const contactMart = table({
  schema: 'gold',
  name: 'contact_mart',
  meaning: 'Somas por dia e recorte; líquido e bruto separados por `excluded`',
  columns: {
    ...martDimensions,
    excluded: { type: 'BOOLEAN', meaning: 'Expurgado', personal: 'none', required: true },
    contacts: measure('Atendimentos'),
    protocols: measure('Atendimentos com protocolo'),
    legs: measure('Pernas'),
    offered: measure('Oferecidos a uma pessoa'),
    offered_timed: measure('Oferecidos de espera conhecida'),
    answered: measure('Atendidos'),
    answered_in_time: measure('Atendidos em até T segundos'),
    abandoned: measure('Abandonados'),
    abandoned_timed: measure('Abandonados de espera conhecida'),
    abandoned_short: measure('Abandonados em até t segundos'),
    handled: measure('Atendimentos feitos por uma pessoa'),
    handled_legs: measure('Pernas feitas por uma pessoa'),
    handle_s: measure('Conversa + espera na linha + pós, em segundos'),
    abandoned_wait_s: measure('Espera dos abandonados, em segundos'),
    waits: measure('Atendidos com espera conhecida'),
    wait_s: measure('Espera dos atendidos, em segundos'),
    scores: measure('Notas'),
    score_cents: measure('Soma das notas × 100'),
    score_squares: measure('Soma dos quadrados das notas × 10.000'),
    promoters: measure('Notas 9 e 10'),
    detractors: measure('Notas de 0 a 6'),
    replies: measure('Respondidos por uma pessoa, com abertura e primeira resposta conhecidas, em fonte com horas'),
    reply_s: measure('Abertura até a primeira resposta, em segundos'),
    resolutions: measure('Fechados com abertura e fim conhecidos'),
    resolution_s: measure('Abertura, ou última reabertura, até fechamento, em segundos'),
    resolution_days: measure('Abertura, ou última reabertura, até fechamento, em dias corridos'),
    ...Object.fromEntries(
      RESOLUTION_GROUPS.map(({ measure: name, from, to }) => [
        name,
        measure(
          `Fechados ${to === null ? `depois de ${from - 1}` : to === from ? `em ${to}` : `em ${from} a ${to}`} dias corridos`,
        ),
      ]),
    ),
    answers: measure('Respondidos com datas conhecidas'),
    answer_days: measure('Abertura até a resposta, em dias'),
    answered_messages: measure('Mensagens do cliente respondidas por uma pessoa, as seguidas contadas uma vez'),
    answered_message_s: measure('Da primeira mensagem sem resposta à resposta, em segundos'),
    reopenings: measure('Reaberturas'),
    closed_by_event: measure('Atendimentos com algum evento de fechamento'),
    reopened: measure('Destes, os reabertos'),
  },
});

/** What takes time, with what counts those of which it is known: measures of the contact mart. */
export const TIMES = {
  handle_s: 'handled_legs',
  wait_s: 'waits',
  reply_s: 'replies',
  resolution_s: 'resolutions',
  answered_message_s: 'answered_messages',
} as const satisfies Record<string, keyof typeof contactMart.columns>;

/** Of those that one contact has several of, the list of each, a column of `followed`. */
export const EACH_TIME: { readonly [Time in keyof typeof TIMES]?: keyof typeof followed.columns } = {
  answered_message_s: 'answered_waits',
};

/** The cuts of the mix mart beside its bands, and what it sums. */
const MIX_CUTS: readonly string[] = ['queue', 'agent', 'supervisor', 'reason', 'reason_category'];
const MIX_MEASURES = [
  ...(['handled', 'handled_legs', 'handle_s'] as const),
  ...(['scores', 'score_cents', 'score_squares', 'promoters', 'detractors'] as const),
];

/** The cuts of the time mart: durations seldom repeat within a finer one, so its rows would be the contacts. */
export const TIME_GRAINS: typeof GRAINS = [
  { name: 'source', columns: [] },
  { name: 'queue', columns: ['queue'] },
];

/** How often each duration occurs: percentiles of any period are exact from it, and need no row. */
export const timeMart = table({
  schema: 'gold',
  name: 'time_mart',
  meaning: 'Quantas vezes cada duração ocorre por dia; líquido e bruto separados por `excluded`',
  columns: {
    time: { type: 'VARCHAR', meaning: 'Medida da duração, como em contact_mart', personal: 'none', required: true },
    grain: { type: 'VARCHAR', meaning: 'Recorte a que a linha pertence', personal: 'none', required: true },
    source: { type: 'VARCHAR', meaning: 'Fonte', personal: 'none', required: true },
    day: { type: 'DATE', meaning: 'Dia', personal: 'none', required: true },
    queue: { type: 'VARCHAR', meaning: 'Fila; nula no recorte da fonte', personal: 'none' },
    excluded: { type: 'BOOLEAN', meaning: 'Expurgado', personal: 'none', required: true },
    seconds: { type: 'INTEGER', meaning: 'Duração, em segundos', personal: 'none', required: true },
    times: measure('Vezes'),
  },
});

/** Hours of the day in a band: contacts of one reason and one band are alike. */
export const BAND_HOURS = 4;

/** Of what the mix mart sums, the sum of its squares. */
export const SQUARES = { handle_s: 'handle_squares' } as const;

/** What teams are compared on like contacts by: who did how many of which reason at what time of the day, and how. */
export const mixMart = table({
  schema: 'gold',
  name: 'mix_mart',
  meaning:
    'Somas por dia, equipe, motivo e faixa do dia, do que uma pessoa fez; líquido e bruto separados por `excluded`',
  columns: {
    source: { type: 'VARCHAR', meaning: 'Fonte', personal: 'none', required: true },
    day: { type: 'DATE', meaning: 'Dia', personal: 'none', required: true },
    ...Object.fromEntries(
      CUTS.filter(({ name }) => MIX_CUTS.includes(name)).map(({ name, type, meaning }) => [
        name,
        { type, meaning, personal: 'none' },
      ]),
    ),
    band: {
      type: 'TINYINT',
      meaning: `Faixa do dia: a hora de início, de ${BAND_HOURS} em ${BAND_HOURS}`,
      personal: 'none',
    },
    excluded: { type: 'BOOLEAN', meaning: 'Expurgado', personal: 'none', required: true },
    ...Object.fromEntries(MIX_MEASURES.map((name) => [name, contactMart.columns[name]])),
    handle_squares: measure('Soma dos quadrados de handle_s'),
  },
});

/** Additive measures of repeat marks, by rule. `ended_on` decides maturity at query time. */
export const repeatMart = table({
  schema: 'gold',
  name: 'repeat_mart',
  meaning: 'Rechamadas somadas por regra, dia e recorte',
  columns: {
    rule: { type: 'VARCHAR', meaning: 'Regra', personal: 'none', required: true },
    ...martDimensions,
    ended_on: { type: 'DATE', meaning: 'Dia em que terminou: decide a maturação', personal: 'none', required: true },
    eligible: measure('Elegíveis'),
    anchors: measure('Âncoras'),
    repeated: measure('Âncoras com rechamada'),
    repeated_same: measure('Âncoras com rechamada pelo mesmo motivo'),
    repeats: measure('Rechamadas'),
    repeats_same: measure('Rechamadas pelo mesmo motivo'),
    charged: measure('Rechamadas debitadas'),
    charged_same: measure('Rechamadas debitadas, mesmo motivo'),
    charged_d0: measure('Rechamadas debitadas, no mesmo dia'),
    charged_d1_3: measure('Rechamadas debitadas, em até 3 dias'),
    charged_d4_w: measure('Rechamadas debitadas, depois de 3 dias'),
    repeats_d0: measure('Rechamadas no mesmo dia'),
    repeats_d1_3: measure('Rechamadas em até 3 dias'),
    repeats_d4_w: measure('Rechamadas depois de 3 dias'),
  },
});

/** How far back, in days, and how many contacts back, {@link callerMart} tells of who called. */
export const CALLER_SPAN = { days: 93, earlier: 16 } as const;

/**
 * How often the same callers contacted, for any period: of each day's contacts, on which day their caller's `earlier`-th
 * contact before it was. Those of a period whose `earlier`-th one before is in it too are, over all callers, as many as
 * each one's contacts less `earlier`, where it has more.
 */
export const callerMart = table({
  schema: 'gold',
  name: 'caller_mart',
  meaning: `Atendimentos líquidos, primeira perna, não anulados, pelo dia dos anteriores de quem contatou, até ${CALLER_SPAN.days - 1} dias e ${CALLER_SPAN.earlier - 1} atendimentos antes`,
  columns: {
    source: {
      type: 'VARCHAR',
      meaning: 'Fonte; vazia, todas juntas: o anterior pode ser de outra',
      personal: 'none',
      required: true,
    },
    caller: {
      type: 'VARCHAR',
      meaning: 'Como se sabe que é o mesmo: received, identity, linked; ou anonymous',
      personal: 'none',
      required: true,
    },
    day: { type: 'DATE', meaning: 'Dia', personal: 'none', required: true },
    earlier: { type: 'INTEGER', meaning: 'Quantos atendimentos antes; 0, o próprio', personal: 'none', required: true },
    since: { type: 'DATE', meaning: 'Dia desse anterior', personal: 'none', required: true },
    contacts: measure('Atendimentos'),
  },
});

/** The latest name of each agent. */
export const agent = table({
  schema: 'gold',
  name: 'agent',
  meaning: 'Atendentes vistos e seu nome mais recente',
  columns: {
    agent_id: { type: 'VARCHAR', meaning: 'Agente', personal: 'none', required: true },
    agent_name: { type: 'VARCHAR', meaning: 'Nome', personal: 'none', required: true },
  },
});

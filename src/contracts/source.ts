import { table } from './table.ts';

/** What is known of each source, copied from its layout for the questions that need it. */
export const source = table({
  schema: 'gold',
  name: 'source',
  meaning: 'Fontes e o que seus dados contêm',
  columns: {
    source: { type: 'VARCHAR', meaning: 'Fonte', personal: 'none', required: true },
    holds: {
      type: 'VARCHAR',
      meaning: 'all, ou answered quando só guarda atendidos',
      personal: 'none',
      required: true,
    },
    identity: {
      type: 'VARCHAR',
      meaning: 'Identificações dos atendimentos, na ordem em que são tentadas',
      personal: 'none',
      required: true,
    },
    has_time: { type: 'BOOLEAN', meaning: 'O início tem hora', personal: 'none', required: true },
    ended_only: {
      type: 'BOOLEAN',
      meaning: 'Cada atendimento conta no dia em que fechou: só traz os fechados',
      personal: 'none',
      required: true,
    },
  },
});

/** The exclusion rules that net figures were made with. */
export const exclusion = table({
  schema: 'gold',
  name: 'exclusion',
  meaning: 'Expurgos com que os números foram feitos',
  columns: {
    name: { type: 'VARCHAR', meaning: 'Regra de expurgo', personal: 'none', required: true },
    version: { type: 'INTEGER', meaning: 'Versão', personal: 'none', required: true },
    reason: { type: 'VARCHAR', meaning: 'Motivo', personal: 'none', required: true },
  },
});

/** Contacts that an exclusion rule leaves out of net figures. */
export const excluded = table({
  schema: 'gold',
  name: 'excluded',
  meaning: 'Atendimentos expurgados e a regra que os expurga',
  columns: {
    row_id: { type: 'BIGINT', meaning: 'Linha de silver.contact', personal: 'none', required: true },
    exclusion: { type: 'VARCHAR', meaning: 'Regra de expurgo', personal: 'none', required: true },
  },
});

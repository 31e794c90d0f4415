import { table } from './table.ts';

/** Which state of a batch's corrections silver shows; a batch that is not here was never corrected. */
export const mended = table({
  schema: 'silver',
  name: 'mended',
  meaning: 'Até que reprocessamento as correções de cada lote estão em silver',
  columns: {
    batch_id: { type: 'INTEGER', meaning: 'Lote', personal: 'none', required: true },
    revision: { type: 'INTEGER', meaning: 'Número do reprocessamento', personal: 'none', required: true },
  },
});

/** Rows of batches in gold that gained their key, or other content, since: the next build types them. */
export const renewed = table({
  schema: 'silver',
  name: 'renewed',
  meaning: 'Linhas de lotes do ouro que ganharam a chave, ou outro conteúdo, e entram na próxima montagem',
  columns: {
    row_id: { type: 'BIGINT', meaning: 'Linha de silver', personal: 'none', required: true },
  },
});

/** What rows hold in the columns that a rule wants to be unique in their source. */
export const uniqueValue = table({
  schema: 'silver',
  name: 'unique_value',
  meaning: 'Valores das colunas que uma regra quer sem repetição na fonte',
  columns: {
    row_id: { type: 'BIGINT', meaning: 'Linha de silver', personal: 'none', required: true },
    batch_id: { type: 'INTEGER', meaning: 'Lote que trouxe a linha', personal: 'none', required: true },
    value: { type: 'UBIGINT', meaning: 'Fonte, regra e valor, em resumo', personal: 'none', required: true },
  },
});

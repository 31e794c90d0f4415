import { expect, test } from 'vitest';
import { fieldWords, toldTraits, traitText } from './persona-fields.ts';

test.each([
  ['VL_TOTAL_CONTRATO_soma', 'valor total de contrato (soma)', 'contract total value (sum)', 'money'],
  ['MRR_12M', 'MRR (12 meses)', 'MRR (12 months)', 'money'],
  ['Nota_SupTec_Agilidade_mediana', 'nota de suporte técnico, agilidade', 'technical support speed grade', 'number'],
  ['Nota Facilidade_mediana', 'nota de facilidade', 'ease grade', 'number'],
  ['telemetria_linhas', 'linhas de telemetria', 'telemetry rows', 'number'],
  ['tickets_linhas', 'chamados', 'tickets', 'number'],
  ['DT_UPLOAD_dias_da_ultima', 'dias desde a última data de envio', 'days since the last upload date', 'days'],
  ['CLIENTE_DESDE_dias', 'dias de cliente', 'days as a customer', 'days'],
  [
    'DT_ASSINATURA_CONTRATO_dias_da_primeira',
    'dias desde a primeira data de assinatura de contrato',
    'days since the first contract signature date',
    'days',
  ],
  [
    'nps_transacional_onboarding_linhas',
    'respostas de NPS transacional, onboarding',
    'transactional NPS onboarding answers',
    'number',
  ],
  ['DS_SEGMENTO_mais_comum', 'segmento', 'segment', 'number'],
  ['PRIORIDADE_TICKET_mais_comum', 'prioridade de chamado', 'ticket priority', 'number'],
  [
    'Recomenda o Onboarding_mediana',
    'recomenda o onboarding (mediana)',
    'recommends the onboarding (median)',
    'number',
  ],
  ['VL_PCT_DESCONTO_soma', 'percentual de desconto (soma)', 'discount percentage (sum)', 'number'],
  ['QTD_CONTRATACOES_12M', 'quantidade de contratações (12 meses)', 'purchases count (12 months)', 'number'],
  ['eventduration_soma', 'duração de uso (soma)', 'usage time (sum)', 'number'],
  ['ÍndiceAbc_XYZ_media', 'índice abc xyz (média)', 'índice abc xyz (mean)', 'number'],
  ['mediana', 'mediana', 'mediana', 'number'],
] as const)('%s in words', (column, pt, en, unit) => {
  expect(fieldWords(column)).toMatchObject({ pt, en, unit });
});

test('a column is told once, by the strongest of what was taken of it, in the numbers of its language', () => {
  const trait = (column: string, effect: number, is?: string) => ({
    ...{ column, effect, value: is ? 0.879 : 4_528_077.4, base: is ? 0.218 : 338_400, n: 9 },
    ...(is ? { is } : {}),
  });
  const traits = [
    trait('VL_TOTAL_soma', 3),
    trait('DS_SEGMENTO_mais_comum', 2, 'MANUFATURA'),
    trait('VL_TOTAL_mediana', 1.5),
    trait('DS_SEGMENTO_mais_comum', -1, 'SERVICOS'),
  ];
  const told = toldTraits({ traits });
  expect(told.map((one) => traitText(one, 'pt'))).toEqual([
    'valor total (soma): R$ 4.528.077 (base R$ 338.400)',
    'segmento MANUFATURA: 87,9% (base 21,8%)',
  ]);
  expect(told.map((one) => traitText(one, 'en'))).toEqual([
    'total value (sum): R$ 4,528,077 (base R$ 338,400)',
    'segment MANUFATURA: 87.9% (base 21.8%)',
  ]);
});

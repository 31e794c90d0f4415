import { TREATMENTS } from '../customers/features/treatment.ts';
import { COVARIANCES } from '../customers/models/densities.ts';
import type { Command } from './command.ts';

/** Commands of customers: groups and offers. */
export const CUSTOMER_COMMANDS: readonly Command[] = [
  {
    name: 'segments',
    usage:
      'ramal segments fit --file CAMINHO --columns A,B:log… [--id COLUNA] [--method bgm|kmeans] [--k N|auto] [--components N] [--covariance C] [--seed N] [--resamples N] [--previous CAMINHO] [--labels CAMINHO]',
    summary: 'divide em grupos as linhas de um arquivo, sem o carregar',
    words: 1,
    options: [
      'file',
      'columns',
      'id',
      'method',
      'k',
      'components',
      'covariance',
      'seed',
      'resamples',
      'previous',
      'labels',
    ],
    details: [
      '--file: CSV, XLSX ou Parquet, como os que se carregam; números como 1234.5 ou 1.234,56',
      `--columns: nomes das colunas, com o tratamento depois de dois-pontos (${TREATMENTS.join(', ')}); sem ele, standard de números e one-hot de textos`,
      '--method: bgm (mistura de gaussianas, que acha quantos grupos há; o padrão) ou kmeans',
      '--k: grupos do k-means; auto escolhe pela silhueta. --components: grupos que a mistura pode usar (12)',
      `--covariance: ${COVARIANCES.join(', ')}, na mistura`,
      '--resamples: quantas vezes sortear as linhas e dividir de novo, para a estabilidade de cada grupo (20; 0 não diz)',
      '--previous: um arquivo de --labels de outro dia; os grupos levam os números de lá, e se diz quem mudou (pede --id)',
      '--labels: onde gravar id, group e membership de cada linha, em CSV de programas (vírgula e ponto)',
    ],
  },
];

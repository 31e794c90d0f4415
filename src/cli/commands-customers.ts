import { TAKES } from '../customers/base/takes.ts';
import { TREATMENTS } from '../customers/features/treatment.ts';
import { COVARIANCES } from '../customers/models/densities.ts';
import { ROLES } from '../customers/personas/roles.ts';
import type { Command } from './command.ts';

/** Commands of customers: their base, groups, personas and offers. */
export const CUSTOMER_COMMANDS: readonly Command[] = [
  {
    name: 'customers',
    usage:
      'ramal customers build [CAMINHO…|--watch NOME [--out CAMINHO] [--keep]] [--day DATA] [--base TABELA] [--key TABELA=COLUNA …] [--take TABELA.COLUNA:COMO,…] [--holdings TABELA.COLUNA] | list | explore --file CAMINHO [--by COLUNA]',
    summary:
      'põe lado a lado o que vários arquivos dizem de clientes, uma linha por cliente, e diz como são as colunas',
    words: 500,
    options: ['out', 'keep', 'day', 'base', 'key', 'take', 'holdings', 'watch', 'file', 'by'],
    details: [
      'sem CAMINHO: as listas carregadas, e a base fica guardada',
      'CAMINHO…: arquivos ou pastas, em qualquer forma que se carrega; os de colunas iguais são uma tabela, com o nome do primeiro',
      '--watch: em vez deles, os arquivos do lugar de uma vigia (S3, SFTP, FTP, pasta) que os padrões dela aceitam, sem os carregar',
      '--out: onde gravar a base, em Parquet, que ramal segments fit lê; --keep: guardá-la, como a das listas, e Clientes a mostra; de arquivos, um deles ou os dois',
      '--day: o dia da base (hoje)',
      '--base: a tabela cujos clientes a base tem; sem ela, a que nomeia mais clientes, uma vez cada',
      '--key: a coluna do cliente de uma tabela, onde o nome e os valores não bastam para a achar',
      '--holdings: a coluna do produto na tabela que diz o que cada cliente tem, onde a escolhida não é ela',
      'explore: o que falta em cada coluna, como os valores se distribuem, exceções e correlações; --by: medianas por segmento',
      `--take: o que tomar de cada coluna (${TAKES.join(', ')}); sem ele, o costumeiro de todas`,
    ],
  },
  {
    name: 'segments',
    usage:
      'ramal segments fit --file CAMINHO --columns A,B:log… [--id COLUNA] [--profile C,D] [--missing nearest|flag] [--method bgm|kmeans] [--k N|auto] [--components N] [--covariance C] [--seed N] [--resamples N] [--previous CAMINHO] [--labels CAMINHO]',
    summary: 'divide em grupos as linhas de um arquivo, sem o carregar',
    words: 1,
    options: [
      'file',
      'columns',
      'id',
      'profile',
      'missing',
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
      '--profile: colunas que não dividem, e em que se diz o que distingue cada grupo',
      '--missing: o que é um número que falta: o da linha mais parecida (nearest) ou a mediana, com uma coluna que o diz (flag)',
      '--method: bgm (mistura de gaussianas, que acha quantos grupos há; o padrão) ou kmeans',
      '--k: grupos do k-means; auto escolhe pela silhueta. --components: grupos que a mistura pode usar (12)',
      `--covariance: ${COVARIANCES.join(', ')}, na mistura`,
      '--resamples: quantas vezes sortear as linhas e dividir de novo, para a estabilidade de cada grupo (20; 0 não diz)',
      '--previous: um arquivo de --labels de outro dia; os grupos levam os números de lá, e se diz quem mudou (pede --id)',
      '--labels: onde gravar id, group e membership de cada linha, em CSV de programas (vírgula e ponto)',
    ],
  },
  {
    name: 'personas',
    usage:
      'ramal personas --file CAMINHO --id COLUNA --groups CAMINHO [--roles PAPEL=COLUNA,…] [--playbook CAMINHO] [--out CAMINHO]',
    summary: 'diz quem são os grupos de um arquivo de clientes, e o que fazer com cada um',
    words: 0,
    options: ['file', 'id', 'groups', 'roles', 'playbook', 'out'],
    details: [
      '--file e --id: a base e a coluna do cliente; --groups: o que ramal segments fit gravou com --labels',
      `--roles: que coluna diz o quê (${ROLES.join(', ')}); sem ele, pelos nomes`,
      '--playbook: o roteiro, em JSON: [{name, like: {value, tenure, usage, size}, segments, pain, action}]',
      '--out: as personas em XLSX, com as métricas médias, os segmentos e as recomendações',
    ],
  },
  {
    name: 'offers',
    usage:
      'ramal offers build [--base N] [--segment A,B] [--most N] [--cap P] [--out CAMINHO] | outcomes [CAMINHO] [--id OFERTAS] [--out CAMINHO] | outcomes --undo ENVIO --yes | evaluate --file CAMINHO --customer COLUNA --item COLUNA --time COLUNA [--group COLUNA] [--quantity COLUNA] [--folds N] [--support P] [--seed N] | rules --file CAMINHO --customer COLUNA --item COLUNA [--quantity COLUNA] | rules --file CAMINHO --baskets [--support P] [--confidence P]',
    summary:
      'faz as ofertas de uma base de clientes e guarda o que se fez delas; mede maneiras de oferecer, e acha regras, em um arquivo',
    words: 2,
    options: [
      ...(['file', 'customer', 'item', 'time', 'group', 'quantity', 'folds', 'support', 'seed'] as const),
      ...(['confidence', 'baskets', 'base', 'segment', 'most', 'cap', 'out', 'id', 'undo', 'yes'] as const),
    ],
    details: [
      'build: --base, a base guardada (a mais nova); --segment, a quem (logística, varejo, indústria e serviços); --most, ofertas de um cliente (3)',
      '--cap: das ofertas, a parte de um produto (30%). --out: em XLSX, uma planilha por vendedor ou produto, ou CSV',
      'outcomes: CAMINHO, uma lista com cliente, produto e resultado (o arquivo das ofertas, preenchido); sem ele, as que já vieram; --id, de que ofertas (as mais novas); --out: as linhas que não se guardaram, em CSV ou XLSX; --undo: desfaz um envio inteiro',
      '--quantity: linhas de 0 ou menos são devoluções e ficam de fora. --folds: períodos de teste (1)',
      '--support e --confidence: partes, como 0,001 e 50% (os que rules usa)',
      '--baskets: cada linha do arquivo é uma cesta de nomes',
    ],
  },
];

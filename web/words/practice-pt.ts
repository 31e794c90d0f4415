import type { Judgement } from '../state/practice.ts';

const s = (count: number, one: string, many: string) => (count === 1 ? one : many);
const and = (names: readonly string[]) => names.join(', ');

/** Three exercises on invented people, done on the real screens. */
export const practice = {
  title: 'Prática',
  link: 'Prática: três exercícios',
  headline: 'Três exercícios, com pessoas inventadas, nas telas de verdade',
  explain: 'As listas da prática não entram em nenhum indicador, e cada lote pode ser desfeito.',
  prepare: 'Preparar os exercícios',
  prepareNote: 'Registra quatro layouts e carrega os três arquivos da prática. É preciso uma vez.',
  preparing: 'Preparando a prática',
  ready: 'Os exercícios estão preparados.',
  todo: 'O que fazer',
  there: 'Na tela que se abre, Conferir diz se está certo.',
  check: 'Conferir',
  checking: 'Conferindo',
  files: 'Os arquivos:',
  exercises: [
    {
      title: '1. Ler e mostrar',
      goal: 'Um arquivo que veio de uma planilha vira uma lista, e o CPF errado fica na quarentena.',
      todo: [
        'Baixe devedores.csv.',
        'Em Recepção, solte o arquivo e responda que a fonte é nova, com um nome seu: as linhas são uma lista.',
        'Diga que a coluna CPF é um CPF ou CNPJ, e carregue.',
        'Abra o lote: das 7 linhas, 6 entram e uma fica na quarentena. Veja por quê.',
      ],
      open: 'Ir à Recepção',
    },
    {
      title: '2. Uma linha por CPF',
      goal: 'De cada CPF fica uma linha: a de maior dívida; no empate, a mais nova. Quem não deve fica de fora.',
      todo: [
        'Calcular CPF com DÍGITOS(CPF): tira os pontos.',
        'Completar CPF com 0 à esquerda até 11: devolve os zeros que a planilha tirou.',
        'Filtrar: ficam as linhas em que DIVIDA passa de 0.',
        'Uma por chave: de cada CPF, a de maior DIVIDA; no empate, a de DESDE mais recente.',
        'Calcular NOME com MAIÚSCULA(NOME).',
      ],
      open: 'Compor os passos',
    },
    {
      title: '3. Três arquivos em um',
      goal: 'Um arquivo delimitado, em ordem de nome, com CPF, NOME, CONTRATO, VALOR e TELEFONE de cada devedor.',
      todo: [
        'Envie a lista Prática 2: devedores.',
        'Procure em Prática 3: contratos, por cpf, o contrato e o valor da linha de maior valor.',
        'Procure em Prática 3: telefones, por cpf, ddd e numero da linha de maior status; no empate, a de contato mais recente. Se não houver, as colunas ficam vazias.',
        'Calcule telefone com ddd & numero.',
        'Ponha os cinco campos, VALOR como número com casas, e a ordem por nome.',
      ],
      open: 'Compor o envio',
    },
  ],
  answer: 'Ver uma resposta pronta',
  notFinished: 'Termine os passos antes de conferir.',
  told: {
    right: () => 'Está certo.',
    'not-loaded': () => 'Ainda não há um lote de devedores.csv em uma fonte sua. Carregue-o com um nome novo.',
    'not-quarantined': ({ got }) =>
      `${got} ${s(got ?? 0, 'linha ficou', 'linhas ficaram')} na quarentena; devia ser uma. Diga que a coluna CPF é um CPF ou CNPJ.`,
    columns: ({ names }) => `Faltam colunas depois dos passos: ${and(names)}.`,
    rows: ({ got, wanted }) => `Ficaram ${got} linhas; deviam ser ${wanted}.`,
    'other-rows': () => 'O número de linhas está certo, mas ficaram outras. Olhe a ordem do passo que fica com uma.',
    values: ({ names }) => `As linhas estão certas; os valores de ${and(names)} ainda não.`,
    delimited: () => 'O arquivo deste exercício é delimitado.',
    fields: ({ got, wanted }) => `Há ${got} ${s(got ?? 0, 'campo', 'campos')}; deviam ser ${wanted}, na ordem pedida.`,
    refused: () => 'Há linhas que não podem ser escritas. Veja a prévia: falta dizer o que fazer sem telefone?',
    order: () => 'Os registros estão certos, mas em outra ordem: devia ser a do nome.',
  } as Record<Judgement['told'], (judged: Judgement) => string>,
};

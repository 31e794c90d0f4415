/** The functions of formulas, as they are written and in one line; by the name that the language has. */
export const FUNCTIONS: { group: string; items: { name: string; usage: string; about: string }[] }[] = [
  {
    group: 'Decidir',
    items: [
      { name: 'SE', usage: 'SE(condição; valor; outro)', about: 'um valor ou outro, conforme a condição' },
      { name: 'E', usage: 'E(condição; condição)', about: 'verdadeiro se todas são' },
      { name: 'OU', usage: 'OU(condição; condição)', about: 'verdadeiro se alguma é' },
      { name: 'NÃO', usage: 'NÃO(condição)', about: 'o contrário' },
      { name: 'VAZIO', usage: 'VAZIO(coluna)', about: 'verdadeiro se não há valor' },
      { name: 'PRIMEIRO', usage: 'PRIMEIRO(a; b; …)', about: 'o primeiro que está preenchido' },
    ],
  },
  {
    group: 'Texto',
    items: [
      { name: 'MAIÚSCULA', usage: 'MAIÚSCULA(texto)', about: 'tudo em letras grandes' },
      { name: 'MINÚSCULA', usage: 'MINÚSCULA(texto)', about: 'tudo em letras pequenas' },
      { name: 'PRI.MAIÚSCULA', usage: 'PRI.MAIÚSCULA(texto)', about: 'Cada Palavra Com Inicial Grande' },
      { name: 'ARRUMAR', usage: 'ARRUMAR(texto)', about: 'tira espaços a mais' },
      { name: 'DÍGITOS', usage: 'DÍGITOS(texto)', about: 'só os algarismos, como de um CPF com pontos' },
      { name: 'ESQUERDA', usage: 'ESQUERDA(texto; quantos)', about: 'os primeiros caracteres' },
      { name: 'DIREITA', usage: 'DIREITA(texto; quantos)', about: 'os últimos caracteres' },
      { name: 'EXT.TEXTO', usage: 'EXT.TEXTO(texto; começo; quantos)', about: 'um pedaço do meio' },
      { name: 'NÚM.CARACT', usage: 'NÚM.CARACT(texto)', about: 'quantos caracteres tem' },
      { name: 'SUBSTITUIR', usage: 'SUBSTITUIR(texto; isto; por isto)', about: 'troca um texto por outro' },
      { name: 'TEXTO', usage: 'TEXTO(valor)', about: 'um número ou data como texto' },
    ],
  },
  {
    group: 'Número',
    items: [
      { name: 'VALOR', usage: 'VALOR(texto)', about: 'lê um texto como número' },
      { name: 'ARRED', usage: 'ARRED(número; casas)', about: 'arredonda' },
      { name: 'INT', usage: 'INT(número)', about: 'só a parte inteira' },
      { name: 'ABS', usage: 'ABS(número)', about: 'sem o sinal de menos' },
      { name: 'MÍNIMO', usage: 'MÍNIMO(a; b; …)', about: 'o menor' },
      { name: 'MÁXIMO', usage: 'MÁXIMO(a; b; …)', about: 'o maior' },
    ],
  },
  {
    group: 'Data',
    items: [
      { name: 'DATA', usage: 'DATA("31/12/2026")', about: 'uma data, ou um texto lido como data' },
      { name: 'DIAS', usage: 'DIAS(fim; começo)', about: 'quantos dias entre duas datas' },
      { name: 'ANO', usage: 'ANO(data)', about: 'o ano' },
      { name: 'MÊS', usage: 'MÊS(data)', about: 'o mês, de 1 a 12' },
      { name: 'DIA', usage: 'DIA(data)', about: 'o dia do mês' },
    ],
  },
];

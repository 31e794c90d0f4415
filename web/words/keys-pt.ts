/** The keys and what they do, as the help lists them. */
export const keys = {
  title: 'Teclas',
  single: 'Usar atalhos de uma tecla só',
  list: [
    ['Ctrl+K', 'buscar ou ir para'],
    ['/', 'buscar na página'],
    ['g i', 'ir para Início'],
    ['g n', 'ir para Indicadores'],
    ['g r', 'ir para Rechamadas'],
    ['g c', 'ir para Causas'],
    ['g e', 'ir para Recepção'],
    ['g x', 'ir para Conexões'],
    ['[ ]', 'período anterior, seguinte'],
    ['f', 'filtros'],
    ['t', 'gráfico ou tabela'],
    ['b', 'líquido ou bruto'],
    ['o', 'de onde vem'],
    ['j k', 'linha seguinte, anterior'],
    ['Enter', 'abrir a linha'],
    ['?', 'estas teclas'],
    ['Esc', 'voltar'],
  ] as [string, string][],
};

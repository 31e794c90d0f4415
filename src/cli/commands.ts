/** A command: an API call, or the few that start or write what no server does. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'start',
    usage: 'ramal start [--port N] [--host H]',
    summary: 'abre a base, cria a demonstração em uma base nova e serve as telas',
  },
  {
    name: 'serve',
    usage: 'ramal serve [--port N] [--host H]',
    summary: 'serve as telas e a API, sem criar a demonstração',
  },
  {
    name: 'intake',
    usage: 'ramal intake CAMINHO… --source NOME [--layout NOME[@VERSÃO]] --yes',
    summary: 'carrega arquivos e atualiza os números',
  },
  { name: 'layout', usage: 'ramal layout list | show NOME', summary: 'mostra os layouts' },
  {
    name: 'quarantine',
    usage: 'ramal quarantine list LOTE | export LOTE',
    summary: 'mostra ou exporta as linhas em quarentena',
  },
  { name: 'batch', usage: 'ramal batch list | show LOTE | rollback LOTE', summary: 'mostra lotes, ou desfaz um' },
  { name: 'build', usage: 'ramal build [--full]', summary: 'atualiza prata e ouro' },
  {
    name: 'metric',
    usage: 'ramal metric NOME [--source NOME] [--from D --to D] [--by COLUNA,…] [--where COLUNA=VALOR]… [--receipt]',
    summary: 'calcula um indicador',
  },
  {
    name: 'repeats',
    usage:
      'ramal repeats [--source NOME] [--rule NOME] [--from D --to D] [--by COLUNA] [--where COLUNA=VALOR]… [--rows [--format csv|parquet]]',
    summary: 'conta rechamadas por uma regra',
  },
  {
    name: 'export',
    usage: 'ramal export contacts --format csv|xlsx [--out CAMINHO]',
    summary: 'exporta uma tabela',
  },
  {
    name: 'exclude',
    usage:
      'ramal exclude NOME --column COLUNA --value VALOR --reason TEXTO [--from D --to D] | ramal exclude NOME --off',
    summary: 'cria ou desliga um expurgo',
  },
  { name: 'login', usage: 'ramal login', summary: 'imprime um novo endereço de entrada do servidor que está no ar' },
  {
    name: 'demo',
    usage: 'ramal demo --contacts N --seed S --out PASTA',
    summary: 'escreve os arquivos da empresa de demonstração',
  },
  { name: 'doctor', usage: 'ramal doctor', summary: 'confere a instalação e a base' },
  { name: 'bench', usage: 'ramal bench [NOME]', summary: 'mede e imprime as razões publicadas' },
];

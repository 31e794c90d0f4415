import { COMMANDS } from './commands.ts';

/** Every command, or one with what it takes. */
export function help(version: string, command?: string): string {
  const one = COMMANDS.find(({ name }) => name === command);
  if (one) return [`${one.usage}\n\n${one.summary}`, ...(one.details ?? [])].join('\n');
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const commands = COMMANDS.map(
    ({ name, usage, summary }) => `  ${name.padEnd(width)}  ${summary}\n  ${''.padEnd(width)}  ${usage}`,
  );
  return `Ramal ${version}

${commands.join('\n')}

ramal quer dizer npm run ramal --. De um comando: ramal COMANDO --help.
Com --json a resposta é um documento JSON. Os dados ficam em RAMAL_HOME.`;
}

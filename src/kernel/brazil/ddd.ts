/**
 * The 67 area codes in use and their state, from the table of municipalities of
 * github.com/kelvins/municipios-brasileiros (MIT licence, © Kelvin S. do Prado), reduced to the state with most
 * municipalities of each code, except 61, which serves Brasília (DF) and 12 towns of Goiás.
 */
export const DDD_BY_UF = {
  AC: ['68'],
  AL: ['82'],
  AM: ['92', '97'],
  AP: ['96'],
  BA: ['71', '73', '74', '75', '77'],
  CE: ['85', '88'],
  DF: ['61'],
  ES: ['27', '28'],
  GO: ['62', '64'],
  MA: ['98', '99'],
  MG: ['31', '32', '33', '34', '35', '37', '38'],
  MS: ['67'],
  MT: ['65', '66'],
  PA: ['91', '93', '94'],
  PB: ['83'],
  PE: ['81', '87'],
  PI: ['86', '89'],
  PR: ['41', '42', '43', '44', '45', '46'],
  RJ: ['21', '22', '24'],
  RN: ['84'],
  RO: ['69'],
  RR: ['95'],
  RS: ['51', '53', '54', '55'],
  SC: ['47', '48', '49'],
  SE: ['79'],
  SP: ['11', '12', '13', '14', '15', '16', '17', '18', '19'],
  TO: ['63'],
} as const;

export type Uf = keyof typeof DDD_BY_UF;

const UF_BY_DDD: ReadonlyMap<string, Uf> = new Map(
  Object.entries(DDD_BY_UF).flatMap(([uf, ddds]) => ddds.map((ddd) => [ddd, uf as Uf] as const)),
);

/** The 67 area codes, ascending. */
export const DDDS: readonly string[] = [...UF_BY_DDD.keys()].sort();

/** The state of a two-digit area code, or null when no state uses it. */
export function ufOfDdd(ddd: string): Uf | null {
  return UF_BY_DDD.get(ddd) ?? null;
}

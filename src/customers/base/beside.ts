/** What stands beside the rows of a base, in files of its own: where it is written until the base is kept. */
export const holdingsAt = (out: string): string => `${out}.holdings`;
export const careAt = (out: string): string => `${out}.care`;

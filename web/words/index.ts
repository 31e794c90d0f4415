import { en } from './en.ts';
import { pt } from './pt.ts';

export type Words = typeof pt;

export const WORDS: Record<'pt' | 'en', Words> = { pt, en };

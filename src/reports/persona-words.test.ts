import { expect, test } from 'vitest';
import { BUYERS_PLAYBOOK } from '../customers/personas/buyers-playbook.ts';
import type { Persona } from '../customers/personas/personas.ts';
import { USUAL_PLAYBOOK } from '../customers/personas/playbook.ts';
import { sayPlay } from './persona-plays.ts';
import { levelText, personaName, portraitOf } from './persona-words.ts';

const standing = (level: 'mediumHigh' | 'moderate') => ({
  rank: 0.6,
  level,
  median: 1,
  mean: 1,
  spread: null,
  index: 100,
  n: 9,
});
const persona = {
  ...{ group: 3, play: 'VIPs da Indústria', first: false, differs: { role: 'tenure', level: 'mediumHigh' } },
  ...{ size: null, segment: { is: 'VAREJO', share: 0.62, base: 0.3, n: 9 } },
  standings: { value: standing('mediumHigh'), tenure: standing('mediumHigh'), usage: standing('moderate') },
} as unknown as Persona;

test('levels agree with what they are of, in one spelling', () => {
  const levels = (['value', 'tenure', 'usage', 'satisfaction', 'tickets', 'purchases'] as const).map((role) =>
    levelText('mediumHigh', role, 'pt'),
  );
  expect(levels).toEqual(['médio-alto', 'médio-alta', 'médio-alto', 'médio-alta', 'médio-alto', 'médio-alta']);
  expect(portraitOf(persona, 'pt')).toBe('62% de VAREJO; valor médio-alto, antiguidade médio-alta, uso médio');
  expect(portraitOf(persona, 'en')).toBe('62% in VAREJO; medium-high value, medium-high tenure, medium usage');
});

test('the customary playbook is said in English, what somebody wrote is not', () => {
  const texts = USUAL_PLAYBOOK.flatMap(({ name, pain, action }) => [name, pain, action]);
  expect(texts.filter((text) => sayPlay(text, 'en') === text)).toEqual([]);
  expect(texts.map((text) => sayPlay(text, 'pt'))).toEqual(texts);
  expect(sayPlay('Contas da Ana', 'en')).toBe('Contas da Ana');
  expect(personaName(persona, 'en')).toBe('Industry VIPs · medium-high tenure');
  expect(personaName(persona, 'pt')).toBe('VIPs da Indústria · antiguidade médio-alta');
});

test('each play of the customary playbooks is said in English, too', () => {
  for (const { name, pain, action } of [...USUAL_PLAYBOOK, ...BUYERS_PLAYBOOK])
    for (const text of [name, pain, action]) expect([text, sayPlay(text, 'en')]).not.toEqual([text, text]);
});

import type { keys as pt } from './keys-pt.ts';

export const keys: typeof pt = {
  title: 'Keys',
  single: 'Use single-key shortcuts',
  list: [
    ['Ctrl+K', 'search or go to'],
    ['/', 'search on the page'],
    ['g i', 'go to Home'],
    ['g h', 'go to Today'],
    ['g n', 'go to Indicators'],
    ['g r', 'go to Repeat contacts'],
    ['g c', 'go to Causes'],
    ['g d', 'go to Staffing'],
    ['g e', 'go to Intake'],
    ['g x', 'go to Connections'],
    ['[ ]', 'previous, next period'],
    ['f', 'filters'],
    ['t', 'chart or table'],
    ['b', 'net or gross'],
    ['o', 'where it comes from'],
    ['j k', 'next, previous row'],
    ['Enter', 'open the row'],
    ['?', 'these keys'],
    ['Esc', 'back'],
  ],
};

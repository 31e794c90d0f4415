import fc from 'fast-check';
import { full } from './services.ts';

// A counterexample is told at once; made smaller, it would pass the test's time and be lost. The full run has time.
fc.configureGlobal({ endOnFailure: !full });

import { expect, test } from 'vitest';
import { IMPORT_STATES, type ImportState, shownState } from '../../../src/domain/imports/import.ts';

const STATES: Record<(typeof IMPORT_STATES)[number], [still: ImportState, inFlight: ImportState]> =
  {
    reading: ['reading', 'reading'],
    ready: ['ready', 'ready'],
    running: ['running', 'running'],
    paused: ['paused', 'pausing'],
    finished: ['finished', 'finished'],
    cancelled: ['cancelled', 'cancelling'],
  };

test.each(IMPORT_STATES)('shows %s with and without pairs in flight', (state) => {
  const [still, moving] = STATES[state];
  expect(shownState(state, { inFlight: 0, isHeld: false })).toBe(still);
  expect(shownState(state, { inFlight: 1, isHeld: false })).toBe(moving);
  const held = state === 'running' ? 'held' : moving;
  expect(shownState(state, { inFlight: 1, isHeld: true })).toBe(held);
});

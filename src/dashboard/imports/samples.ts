import sample from '../../../fixtures/small.csv?url&no-inline';
import template from './template.csv?url&no-inline';

/** Files that show what a table should look like. */
export const samples = { sample, template };

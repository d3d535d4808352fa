import sample from './sample.csv?url&no-inline';
import template from './template.csv?url&no-inline';

/** Files that show what a table should look like; the sample can be tried on the sandbox portal. */
export const samples = { sample, template };

import { join } from 'node:path';
import type { Config } from '../../config/config.ts';

/** The data folder of the demo, separate from real data. */
export const demoDataDir = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'demo');

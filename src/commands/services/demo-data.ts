import { join } from 'node:path';
import type { Config } from '../../config/config.ts';

/** Where the demo keeps what it makes, apart from what is real. */
export const demoDataDir = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'demo');

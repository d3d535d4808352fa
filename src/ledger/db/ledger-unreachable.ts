import { Problem } from '../../domain/errors/problem.ts';

/** The ledger cannot be reached for now, such as during a server restart or a network outage. */
export class LedgerUnreachable extends Problem {}

import { Problem } from '../../domain/errors/problem.ts';

/** The ledger is away, and may come back by itself: a restart of its server, a cut network. */
export class LedgerUnreachable extends Problem {}

import { commandOf, methodOf } from './batch-command.ts';
import { expandReferences } from './batch-reference.ts';
import { callMethod, type Hit } from './call-method.ts';
import { type PhpArray, type PhpValue, phpBool, phpRecord, upperKeys } from './php-array.ts';
import { RestError, systemError } from './rest-error.ts';

/** A batch runs at most this many commands. */
const MAX_COMMANDS = 50;

/** The five maps of a batch, each keyed like `cmd`; an entry only where there is something. */
const PARTS = ['result', 'error', 'total', 'next', 'time'] as const;

/**
 * `batch` ("How to Execute a Batch Request"): runs the commands one after the other. A command
 * that fails appears in `result_error` only; with `halt` it is the last.
 * @throws RequestCut, with the commands before it executed
 */
export async function runBatch(hit: Hit, parameters: PhpArray): Promise<PhpValue> {
  const query = upperKeys(parameters);
  const halt = phpBool(query.get('HALT'));
  const maps: Record<(typeof PARTS)[number], PhpArray> = {
    result: new Map(),
    error: new Map(),
    total: new Map(),
    next: new Map(),
    time: new Map(),
  };
  for (const [index, [key, command]] of commandsOf(query).entries()) {
    if (typeof command !== 'string' && index < MAX_COMMANDS) continue;
    const answer = await runCommand(hit, index, String(command), maps);
    for (const part of PARTS) {
      const value = answer.get(part);
      if (value !== undefined) maps[part].set(key, value);
    }
    if (halt && answer.has('error')) break;
  }
  return phpRecord({
    result: maps.result,
    result_error: maps.error,
    result_total: maps.total,
    result_next: maps.next,
    result_time: maps.time,
  });
}

/** @returns the methods of the commands that would run, in their order. */
export function methodsOfBatch(parameters: PhpArray): string[] {
  const commands = commandsOf(upperKeys(parameters)).slice(0, MAX_COMMANDS);
  return commands.map(([, command]) => methodOf(String(command)));
}

function commandsOf(query: PhpArray): [string, PhpValue][] {
  const commands = query.get('CMD');
  return commands instanceof Map ? [...commands] : [];
}

async function runCommand(
  hit: Hit,
  index: number,
  text: string,
  results: Record<string, PhpArray>,
): Promise<PhpArray> {
  try {
    if (index >= MAX_COMMANDS) throw systemError('ERROR_BATCH_LENGTH_EXCEEDED');
    if (hit.misfortune.command === index) throw systemError('ERROR_UNEXPECTED_ANSWER');
    const { method, parameters } = commandOf(text);
    if (method === 'batch') throw systemError('ERROR_BATCH_METHOD_NOT_ALLOWED');
    return await callMethod(hit, method, expandReferences(parameters, results), 'command');
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return phpRecord({ error: errorEntry(takeStale(hit) ?? error) });
  }
}

/** The first error after a declined invitation is reported with the code and text of that one. */
function takeStale(hit: Hit): RestError | undefined {
  const { declined } = hit;
  hit.declined = undefined;
  return hit.portal.variants.staleErrors ? declined : undefined;
}

function errorEntry({ code, message }: RestError): PhpArray {
  // Inside a batch this one error has no text, as the documentation's example shows.
  const description = code === 'insufficient_scope' ? '' : message;
  return phpRecord({ error: code, error_description: description });
}

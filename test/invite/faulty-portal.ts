import { json, startOddServer } from '../portal/faulty-server.ts';

/** What a portal says to one call: a result, or an error in its words. */
export type Word = { result: unknown } | { error: string; error_description: string };

/** One call, alone or in a batch. */
export interface Asked {
  method: string;
  groupId: number;
  userIds: readonly number[];
}

/** A portal that answers call by call as it is told to, closed when the test ends. */
export async function startOddPortal(answer: (asked: Asked) => Word) {
  const asked: Asked[] = [];
  const ask = (method: string, query: string): Word => {
    const [, group = '0'] = /group_?id\]?["=: ]+(\d+)/i.exec(query) ?? [];
    const ids = /"USER_ID":\[([\d,]*)\]/.exec(query)?.[1]?.split(',') ?? [];
    const inQuery = [...query.matchAll(/USER_ID\[\d+\]=(\d+)/g)].map(([, id]) => id);
    const call = { method, groupId: Number(group), userIds: [...ids, ...inQuery].map(Number) };
    asked.push(call);
    return answer(call);
  };
  const { origin } = await startOddServer((response, { url, body }) => {
    const [, method = ''] = /\/([\w.]+)\.json$/.exec(url) ?? [];
    if (method !== 'batch') {
      const said = ask(method, body);
      json(response, 'error' in said ? 400 : 200, said);
      return;
    }
    const said = Object.entries<string>(JSON.parse(body).cmd).map(([key, command]) => {
      const [name = '', query = ''] = command.split('?');
      return [key, ask(name, decodeURIComponent(query))] as const;
    });
    const errors = said.filter(([, word]) => 'error' in word);
    const results = said.flatMap(([key, word]) => ('error' in word ? [] : [[key, word.result]]));
    json(response, 200, {
      result: { result: Object.fromEntries(results), result_error: Object.fromEntries(errors) },
    });
  });
  return { webhookUrl: `${origin}/rest/1/secret/`, asked };
}

import { json, startOddServer } from '../../portal/faulty-server.ts';

/** A portal's answer to one call: a result, or an error with its text. */
export type PortalAnswer = { result: unknown } | { error: string; error_description: string };

/** One call, alone or in a batch. */
export interface PortalCall {
  method: string;
  groupId: number;
  userIds: readonly number[];
}

/** Starts a portal that answers each call with the return value of `answer`; it closes when the test ends. */
export async function startFaultyPortal(answer: (call: PortalCall) => PortalAnswer) {
  const calls: PortalCall[] = [];
  const receive = (method: string, query: string): PortalAnswer => {
    const [, group = '0'] = /group_?id\]?["=: ]+(\d+)/i.exec(query) ?? [];
    const ids = /"USER_ID":\[([\d,]*)\]/.exec(query)?.[1]?.split(',') ?? [];
    const inQuery = [...query.matchAll(/USER_ID\[\d+\]=(\d+)/g)].map(([, id]) => id);
    const call = { method, groupId: Number(group), userIds: [...ids, ...inQuery].map(Number) };
    calls.push(call);
    return answer(call);
  };
  const { origin } = await startOddServer((response, { url, body }) => {
    const [, method = ''] = /\/([\w.]+)\.json$/.exec(url) ?? [];
    if (method !== 'batch') {
      const result = receive(method, body);
      json(response, 'error' in result ? 400 : 200, result);
      return;
    }
    const answers = Object.entries<string>(JSON.parse(body).cmd).map(([key, command]) => {
      const [name = '', query = ''] = command.split('?');
      return [key, receive(name, decodeURIComponent(query))] as const;
    });
    const errors = answers.filter(([, each]) => 'error' in each);
    const results = answers.flatMap(([key, each]) => ('error' in each ? [] : [[key, each.result]]));
    json(response, 200, {
      result: { result: Object.fromEntries(results), result_error: Object.fromEntries(errors) },
    });
  });
  return { webhookUrl: `${origin}/rest/1/secret/`, calls };
}

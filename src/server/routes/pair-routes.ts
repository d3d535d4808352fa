import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { userId } from '../../domain/pairs/ids.ts';
import { findGroupChecks } from '../../ledger/checks/group-checks.ts';
import { findGroupNames } from '../../ledger/checks/group-name-store.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findByEmail } from '../../ledger/pairs/import-emails.ts';
import { type Sought, searchPerson } from '../../ledger/results/search-person.ts';
import { findPeople } from '../../ledger/search/find-people.ts';
import { readGroupStandings, readWorstGroups } from '../../ledger/tallies/group-tallies.ts';
import { problem } from '../../messages/problems.ts';
import { parseCursor, toCursor } from '../http/cursor.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { showPeople } from '../presenters/person-view.ts';
import { namesOf } from '../presenters/record-names.ts';
import { recordView } from '../presenters/record-view.ts';
import { GroupPage, GroupQuery } from '../schemas/group-schema.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import {
  PairPage,
  PairQuery,
  People,
  PeopleQuery,
  PersonPage,
  PersonQuery,
} from '../schemas/pair-schema.ts';
import { readPairPage } from '../search/read-pair-page.ts';
import type { ServerContext } from '../server-context.ts';
import { answers } from './answers.ts';

const MOST_PEOPLE = 50;

/** The pairs of an import, its groups, and a person over all imports. */
export const pairRoutes =
  ({ app: { db }, groupNames }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/imports/:id/pairs',
      { schema: { params: ImportPath, querystring: PairQuery, response: answers(PairPage) } },
      async ({ params, query }) => {
        const { id } = await findImportOr404(db, params.id);
        const { records, ...page } = await readPairPage(db, id, query);
        const names = await namesOf(db, id, records);
        groupNames.begin(id, names.missing);
        return { items: records.map((record) => recordView(record, names)), ...page };
      },
    );

    app.get(
      '/api/imports/:id/groups',
      { schema: { params: ImportPath, querystring: GroupQuery, response: answers(GroupPage) } },
      async ({ params, query: { cursor, limit, sort = 'id' } }) => {
        const { id } = await findImportOr404(db, params.id);
        // The last id, or the number of groups so far.
        const [after = 0] = parseCursor(cursor) ?? [];
        const isById = sort === 'id';
        const groups = isById
          ? await readGroupStandings(db, id, { after, limit: limit + 1 })
          : await readWorstGroups(db, id, { skip: after, limit: limit + 1 });
        const page = groups.slice(0, limit);
        const last = page.at(-1);
        const hasMore = groups.length > limit && last !== undefined;
        const ids = page.map((standing) => standing.groupId);
        const checks = await findGroupChecks(db, id, ids);
        const names = await findGroupNames(db, id, ids);
        groupNames.begin(
          id,
          ids.filter((group) => !names.has(group)),
        );
        return {
          items: page.map(({ groupId: group, pairs, outcomes }) => {
            const [name = null, check = null] = [names.get(group), checks.get(group)];
            return { id: group, name, pairs, outcomes, check };
          }),
          next: toCursor(hasMore ? [isById ? last.groupId : after + limit] : undefined),
        };
      },
    );

    app.get(
      '/api/people',
      { schema: { querystring: PeopleQuery, response: answers(People) } },
      async ({ query: { q } }) => ({ items: await findPeople(db, q, MOST_PEOPLE) }),
    );

    app.get(
      '/api/pairs',
      { schema: { querystring: PersonQuery, response: answers(PersonPage) } },
      async ({ query }) => {
        const page = { after: parseCursor(query.cursor), limit: query.limit };
        const user = query.user_id === undefined ? undefined : userId(query.user_id);
        if (user === undefined && query.email === undefined) {
          throw new HttpProblem('invalid_request', problem('person_unnamed', {}));
        }
        const sought =
          user === undefined ? await peopleAt(db, query.email ?? '') : { userIds: [user] };
        const { records, next } = await searchPerson(db, sought, page);
        return { items: await showPeople(db, records), next: toCursor(next) };
      },
    );
  };

const peopleAt = async (db: Db, email: string): Promise<Sought> => ({
  userIds: await findByEmail(db, email),
  email,
});

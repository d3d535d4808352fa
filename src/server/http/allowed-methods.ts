import type { FastifyInstance } from 'fastify';
import { problem } from '../../messages/problems.ts';
import { HttpProblem, nothingHere } from './http-problem.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** @returns the problem for a request that no route handles */
    notHere(request: { method: string; url: string }): HttpProblem;
  }
}

/**
 * Records the methods of each path, and reports them for a request with another method. Register it
 * before all routes.
 */
export function knowMethods(app: FastifyInstance): void {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = [method].flat();
    // A wildcard route does not describe one path; a route for all methods refuses methods itself.
    if (url.includes('*') || methods.includes('TRACE')) return;
    const known = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    routes.set(url, known);
    for (const one of methods) known.methods.add(one);
  });
  app.decorate('notHere', ({ method, url }) => {
    const path = url.split('?')[0] ?? '';
    const found = [...routes.values()].filter(({ pattern }) => pattern.test(path));
    const allow = [...new Set(found.flatMap(({ methods }) => [...methods]))].toSorted();
    if (allow.length === 0 || allow.includes(method)) return nothingHere();
    return noMethod(method, allow);
  });
}

/** @param allow the available methods */
export function noMethod(method: string, allow: readonly string[]): HttpProblem {
  const allowed = allow.join(', ');
  return new HttpProblem('method_not_allowed', problem('method_unknown', { method, allowed }), {
    allow,
  });
}

const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.+?^$()[\]{}|\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`);

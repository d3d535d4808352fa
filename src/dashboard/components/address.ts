import { useLocation, useSearch } from 'wouter';
import { address, type Query } from '../api/request.ts';

/** What is shown stands in the address, so that it can be sent to somebody. */
export function useAddress() {
  const [path, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const href = (changes: Query) => address(path, { ...Object.fromEntries(search), ...changes });
  return {
    get: (name: string) => search.get(name),
    /** The address with some of its parameters changed; null takes one away. */
    href,
    go: (changes: Query) => navigate(href(changes)),
  };
}

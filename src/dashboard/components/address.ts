import { useLocation, useSearch } from 'wouter';
import { address, type Query } from '../api/request.ts';

/** The state of the page is in the address, so that it can be shared. */
export function useAddress() {
  const [path, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const href = (changes: Query) => address(path, { ...Object.fromEntries(search), ...changes });
  return {
    get: (name: string) => search.get(name),
    /** The address with some of its parameters changed; null removes one. */
    href,
    go: (changes: Query) => navigate(href(changes)),
  };
}

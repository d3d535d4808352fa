import { useQuery } from '@tanstack/react-query';
import { successorKey } from '../api/imports.ts';

/** @returns the import that has taken this one's place while somebody looked at it, or null */
export function useSuccessor(id: number): number | null {
  const { data } = useQuery<number | null>({
    queryKey: successorKey(id),
    queryFn: () => null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? null;
}

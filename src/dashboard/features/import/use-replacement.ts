import { useQuery } from '@tanstack/react-query';
import { isApiError } from '../../api/api-error.ts';
import { replacementKey } from '../../api/imports-api.ts';

/**
 * @param error what the server has answered when it was asked for the import
 * @returns the import that has taken this one's place, now or long ago, or null
 */
export function useReplacement(id: number, error: Error | null): number | null {
  const { data } = useQuery<number | null>({
    queryKey: replacementKey(id),
    queryFn: () => null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data) return data;
  if (!isApiError(error, 'not_found') || error.problem?.code !== 'import_replaced') return null;
  return Number(error.problem.params?.by);
}

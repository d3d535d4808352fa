import { useQuery } from '@tanstack/react-query';
import { isApiError } from '../../api/api-error.ts';
import { replacementKey } from '../../api/imports-api.ts';

/**
 * @param error error of the request for the import
 * @returns the id of the import that has replaced this one, now or earlier; null when there is none
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

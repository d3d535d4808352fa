import type { ProblemTable } from '../problem-templates.ts';

/** `said` is the text of the HTTP server's library. */
type Said = { said: string };

/** Of requests that the server rejects. */
export const requestProblemsEn = {
  invalid_request: ({ said }: Said) => [said],
  too_large: ({ said }: Said) => [said],
  unsupported_media_type: ({ said }: Said) => [said],
  /** `faults`: the fields with what is wrong with each; `errors` of the answer has them as codes. */
  fields_wrong: ({ faults }: { fields: string; faults: string }) => [faults],
  cursor_unknown: () => ['The cursor is not valid.', 'Use `next` of the previous page unchanged.'],
  login_needed: () => [
    'Login is required.',
    'Log in at /login, or send the header Authorization: Bearer TOKEN.',
  ],
  only_looking: () => [
    'Your token is read-only.',
    'Ask an administrator, or log in with ADMIN_TOKEN.',
  ],
  token_unknown: () => [
    'The token is not valid.',
    'Check ADMIN_TOKEN and VIEWER_TOKEN, or use the link that the program printed.',
  ],
  attempts_exhausted: ({ seconds }: { seconds: number }) => [`Try again in ${seconds} seconds.`],
  page_foreign: () => [
    'A session can be used only by its own page.',
    'In programs, send the header Authorization: Bearer TOKEN instead of a cookie.',
  ],
  nothing_here: () => ['Nothing exists at this address.'],
  /** `base`: the value of BASE_PATH. */
  outside_base_path: ({ base }: { base: string }) => [
    `Bulk Invite is below ${base} here.`,
    'Add this path to the address. If the address has it, let the proxy pass requests on with the path.',
  ],
  address_too_long: () => ['The address is too long.'],
  /** `allowed`: the existing methods. */
  method_unknown: ({ method, allowed }: { method: string; allowed: string }) => [
    `${method} is not allowed here, only ${allowed}.`,
    'See /api/openapi.json.',
  ],
  queue_read_only: () => [
    'The queue is read-only here.',
    'Pause, resume, cancel and retry an import instead.',
  ],
  request_malformed: () => [
    'The request is not valid HTTP.',
    'Use an HTTP client, and percent-encode the address.',
  ],
  json_malformed: () => [
    'The body is not valid JSON in UTF-8.',
    'Send a JSON object, or no body and no Content-Type.',
  ],
  head_too_large: () => [
    'The headers are larger than 16 KiB, or there are too many.',
    'Send fewer and shorter headers.',
  ],
  head_too_slow: () => ['The request was not complete in time.', 'Send it again.'],
  server_ending: () => ['The server is stopping.', 'Try again when it has restarted.'],
  form_too_large: () => [
    'The form has too many parts.',
    'Send one file, and only the fields that /api/openapi.json describes.',
  ],
  files_many: () => ['One file at a time.'],
  file_unsent: () => [
    'The request contains no file.',
    'Send multipart/form-data with a field `file`, or the file itself, such as CSV as text/csv or JSON as application/json.',
  ],
  file_is_text: () => [
    'The field `file` contains text, not a file.',
    'Send the file itself; with curl: -F file=@people.csv',
  ],
  /** `wanted`: what the route accepts. */
  type_not_taken: ({ wanted }: { wanted: string }) => [
    'A body of this media type is not accepted here.',
    wanted || 'Send JSON as application/json, or no body and no Content-Type.',
  ],
  key_reused: () => [
    'The Idempotency-Key was sent with another request within the last day.',
    'Use a new key for each new request, for example a UUID.',
  ],
  key_in_flight: () => [
    'A request with this Idempotency-Key is in progress.',
    'Wait for its answer, or send it again a little later.',
  ],
  key_malformed: () => [
    'The Idempotency-Key is not valid.',
    'Send one of 1 to 255 visible characters of ASCII, for example a UUID.',
  ],
  person_unnamed: () => ['user_id or email is required.'],
} satisfies ProblemTable;

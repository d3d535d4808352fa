/** A word or phrase that texts and documents do not use, and what they use instead. */
export interface Avoided {
  readonly words: RegExp;
  readonly instead: string;
}

/** Only the field's standard terms and plain English: no personification, no metaphors, no literary relatives. */
export const AVOIDED: readonly Avoided[] = [
  { words: /\btold\b|\btell(?:s|ing)?\b/, instead: 'report, show, pass' },
  { words: /\b(?:hears?|heard)\b/, instead: 'receive, subscribe' },
  { words: /\bobey(?:s|ed)?\b|\bheed(?:s|ed)?\b/, instead: 'follow, run, handle' },
  { words: /\bwish(?:es|ed)?\b/, instead: 'want, choose' },
  { words: /\blook(?:s|ed|ing)? (?:at|whether|over|on)\b/, instead: 'read, check, review, poll' },
  { words: /\blanes?\b/, instead: 'slot, worker' },
  { words: /\bbelts?\b/, instead: 'queue' },
  { words: /\bback in line\b/, instead: 'back in the queue, pending' },
  { words: /\brooms?\b/, instead: 'space, folder, limit' },
  { words: /\bhatch(?:es)?\b/, instead: 'server, port' },
  { words: /\bpatien(?:ce|t)\b/, instead: 'timeout, longest wait' },
  { words: /\bsurprises?\b/, instead: 'unexpected error' },
  { words: /\bmend(?:s|ed|ing)?\b/, instead: 'fix, correct' },
  { words: /\bmischief\b/, instead: 'fault, failure' },
  { words: /\bvisitors?\b/, instead: 'user, client' },
  { words: /\bhand(?:s|ed|ing)? (?:\w+ ){0,2}in\b/, instead: 'upload' },
  { words: /\bletters \(encoding\)/, instead: 'encoding' },
  {
    words: /\b(?:stands?|lies) between (?:the )?cells\b|\bbetween the cells\b/,
    instead: 'delimiter',
  },
  { words: /\bunder way\b/, instead: 'in progress' },
  { words: /\bwhat (?:became|came) of it\b/, instead: 'result, outcome' },
  { words: /\b(?:is|are) called so\b/, instead: 'has this name' },
  { words: /\b(?:go(?:es)?|went) on\b/, instead: 'continue' },
  { words: /\baside\b/, instead: 'discard' },
  { words: /\banew\b/, instead: 'again' },
  { words: /\bin vain\b/, instead: 'without success' },
  { words: /\bfor ever\b/, instead: 'forever' },
  { words: /\b(?:befalls?|befell|farewell|lest|be it)\b/, instead: 'a plain word' },
  { words: /\b(?:whoever|whom|whomever)\b/, instead: 'anyone who, the user that' },
  { words: /\bof which\b|\bthat which\b/, instead: 'a sentence of its own' },
  { words: /\b(?:no|some|any|every)body\b/, instead: 'no one, someone, anyone, everyone' },
  { words: /\bas long as\b/, instead: 'while, if' },
  { words: /\bso many (?:milliseconds|seconds|bytes)\b/, instead: 'in milliseconds, in seconds' },
  { words: /\b(?:a blank|blanks)\b/, instead: 'space' },
  { words: /\b(\w+) \1\b/, instead: 'the word once' },
];

/** Longer sentences are two. A list after a colon counts by itself. */
export const MAX_WORDS = 45;

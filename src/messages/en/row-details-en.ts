const NO_ID = 'an id is a whole number in the digits 0 to 9, nothing else';
const LIST_HINT = 'several in a cell are separated by ; or |';

/**
 * What there is to say about a row beyond its reason. Cells and names come in quotes; the portal's own
 * words are `verbatim`.
 */
export const ROW_DETAILS = {
  group_empty: 'the group is empty',
  user_empty: 'the user is empty',
  group_id_zero: "{cell} is not a group's id: ids start at 1",
  user_id_zero: "{cell} is not a user's id: ids start at 1",
  group_id_large: "{cell} is not a group's id: the largest is {#most}",
  user_id_large: "{cell} is not a user's id: the largest is {#most}",
  group_id_form: `{cell} is not a group's id: ${NO_ID}`,
  user_id_form: `{cell} is not a user's id: ${NO_ID}; a person may also be named by an e-mail address`,
  group_id_list: `{cell} is not a group's id: ${NO_ID}; ${LIST_HINT}`,
  user_id_list: `{cell} is not a user's id: ${NO_ID}; ${LIST_HINT}`,
  surplus_cell: 'the row has {#cells} cells, the first row {#first}; one too many is {cell}',
  too_many_pairs:
    'the row names {#pairs} pairs ({#groups} groups, {#users} users); the most is {#most}: divide it',
  message_long:
    'the invitation text has {#characters} characters; the portal cuts it off after {#most}: shorten it',
  row_too_long: 'the row is longer than 1 MiB; probably a quote is opened and not closed',
  quote_inside: 'a quote stands inside a cell that does not begin with one: {cell}',
  quote_not_closed: 'a quote is opened and never closed: {cell}',
  text_after_quote: 'text follows a closing quote: {cell}',
  quote_closed_late:
    'a quote is opened here and closed on line {#line} in the middle of text: {cell}',
  group_unknown_like_many:
    'no group that the webhook can see is called {name}; similar: {similar} and {#more} more',
  group_unknown_like: 'no group that the webhook can see is called {name}; similar: {similar}',
  group_unknown: 'no group that the webhook can see is called {name}',
  email_unknown: 'no user on the portal has the address {email}',
  group_ambiguous_many:
    '{#count} groups are called {name}: {groups} and {#more} more; write the id instead',
  group_ambiguous: '{#count} groups are called {name}: {groups}; write the id instead',
  email_ambiguous_dismissed_many:
    '{#count} people have the address {email}: {people} and {#more} more; dismissed: id {dismissed}; write the id instead',
  email_ambiguous_dismissed:
    '{#count} people have the address {email}: {people}; dismissed: id {dismissed}; write the id instead',
  email_ambiguous_many:
    '{#count} people have the address {email}: {people} and {#more} more; write the id instead',
  email_ambiguous: '{#count} people have the address {email}: {people}; write the id instead',
  no_group_scope:
    'the webhook lacks the scope socialnetwork, which shows whether the person is in the group',
  no_user_scope: 'the webhook lacks the scope user, which shows whether the person exists',
  group_unseen: 'the group cannot be seen',
  no_answer: 'no answer',
  verbatim: '{text}',
  timeout: 'TIMEOUT: no answer within the time limit',
  unreadable_answer: 'UNREADABLE: the answer is not what the documentation describes',
} as const;

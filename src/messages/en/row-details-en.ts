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
  group_id_grouped: `{cell} is not a group's id: it may be a number with separators of thousands; ${NO_ID}`,
  user_id_grouped: `{cell} is not a user's id: it may be a number with separators of thousands; ${NO_ID}`,
  group_placeholder:
    'the group is {cell}, which programs write for an empty cell or an error in a formula',
  user_placeholder:
    'the user is {cell}, which programs write for an empty cell or an error in a formula',
  group_id_list: `{cell} is not a group's id: ${NO_ID}; ${LIST_HINT}`,
  user_id_list: `{cell} is not a user's id: ${NO_ID}; ${LIST_HINT}`,
  surplus_cell: 'the row has {#cells} cells, the first row {#first}; one too many is {cell}',
  surplus_empty:
    'the row has {#cells} cells, the first row {#first}: its cells may belong to other columns',
  too_many_pairs:
    'the row names {#pairs} pairs ({#groups} groups, {#users} users); the most is {#most}: divide it',
  message_long:
    'the invitation text has {#characters} characters; the portal cuts it off after {#most}: shorten it',
  message_number:
    'the invitation text is only a number, {cell}: a number with a comma may have been divided',
  row_too_long: 'the row is longer than 1 MiB; probably a quote is opened and not closed',
  line_end_inside:
    'the row contains a line end of another kind (U+000D) than the other lines: {cell}',
  message_lost:
    'letters of the invitation text are lost, another program has replaced them: {cell}',
  quote_inside: 'a quote stands inside a cell that does not begin with one: {cell}',
  quote_not_closed: 'a quote is opened and never closed: {cell}',
  text_after_quote: 'text follows a closing quote: {cell}',
  quote_closed_late:
    'a quote is opened here and closed on line {#line} in the middle of text: {cell}',
  json_no_object: 'a JSON object is needed, not a JSON {is}',
  json_key_twice: 'the object has a key twice, so its value is unclear',
  json_no_text: '{key} has a zero character or half of a character',
  json_null: '{key} is null',
  json_id_type: '{key} is a JSON {is}; use a number, a string or an array of these',
  json_message_type: '{key} is a JSON {is}; use a string',
  row_hidden: 'the row is hidden in the sheet: show it, or delete it',
  formula_unvalued:
    'a formula has no stored value: open the workbook in a spreadsheet program and save it',
  group_unknown_like_many:
    'no group that the webhook can see is called {name}; similar: {similar} and {#more} more',
  group_unknown_like: 'no group that the webhook can see is called {name}; similar: {similar}',
  group_unknown: 'no group that the webhook can see is called {name}',
  email_unknown:
    'the webhook can see no user with the address {email}; the person may exist where it cannot see',
  email_unknown_letters:
    'the webhook can see no user with the address {email}; letters of another alphabet look the same in it: {letters}',
  group_unknown_letters:
    'no group that the webhook can see is called {name}; letters of another alphabet look the same in it: {letters}',
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
  no_user_scope:
    'the webhook lacks the scope user, which shows whether the webhook can see the person',
  pending_not_shown:
    'the portal does not show who is already invited into the group or asks to join',
  may_invite_not_known:
    'the portal does not say whether the webhook’s user may invite into the group: administrators may, others only where the group lets them',
  forgotten: 'the person’s data were removed',
  correction_of_several: 'a corrected row names one group and one user',
  corrected: 'corrected; in the file: group “{group}”, user “{user}”',
  group_unseen: 'the group cannot be seen',
  no_answer: 'no answer',
  verbatim: '{text}',
  timeout: 'TIMEOUT: no answer within the time limit',
  unreadable_answer: 'UNREADABLE: the answer is not what the documentation describes',
} as const;

import { describe, expect, it } from 'vitest';
import { NearNames } from '../../../src/domain/text/near-names.ts';

describe('NearNames', () => {
  const names = new NearNames<string>();
  for (const name of ['marketing', 'sales north', 'it', 'продажи']) names.add(name, name);

  it.each([
    ['marketng', ['marketing']],
    ['markketing', ['marketing']],
    ['marketinh', ['marketing']],
    ['marekting', ['marketing']],
    ['arketing', ['marketing']],
    ['продажа', ['продажи']],
    ['sales  north', ['sales north']],
    ['marketing', []],
    ['marktng', []],
    ['et', []],
    ['', []],
  ])('of %j are %j', (name, expected) => {
    expect(names.find(name)).toEqual(expected);
  });
});
